using CsCheck;
using LuceneLsr.TestSupport;
using LuceneLsr.VectorFiles.Vocabularies;

namespace LuceneLsr.VectorFiles.Tests.Vocabularies;

public sealed class CorpusVocabularyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("vocabulary.tsv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ids_fall_with_document_frequency_and_ties_are_ordinal()
    {
        var vocabulary = CorpusVocabulary.Create([Vector("b", "a", "é"), Vector("b", "c"), Vector("c"), SparseVector.Empty]);
        Assert.Equal([new("b", 2), new("c", 2), new("a", 1), new("é", 1)], vocabulary.Terms);
        Assert.Equal(2, vocabulary.FindId("a"));
        Assert.Null(vocabulary.FindId("x"));
        Assert.Equal(["b", "c"], vocabulary.TakeTop(2).Terms.Select(term => term.Term));
    }

    [Fact]
    public void Tokens_replace_terms_and_unknown_terms_are_left_out()
    {
        var vocabulary = CorpusVocabulary.Create([Vector("b", "a"), Vector("b")]);
        var tokens = vocabulary.ToTokens(new([new("a", 1.5f), new("x", 1), new("b", 0.5f)]));
        Assert.Equal([new("1", 1.5f), new("0", 0.5f)], tokens.Entries);
    }

    [Fact]
    public void Saved_vocabulary_loads_with_the_same_ids() =>
        Gen.String[Gen.Char["a.\"'\\ é秋\u2028%"], 1, 4].HashSet[1, 8].Sample(terms =>
        {
            var saved = CorpusVocabulary.Create([Vector([.. terms]), Vector([.. terms.Take(2)])]);
            saved.Save(File);
            Assert.Equal(saved.Terms, CorpusVocabulary.Load(File).Terms);
        }, threads: 1);

    [Theory]
    [InlineData("a\tb")]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    public void Term_that_would_break_a_line_is_rejected_and_leaves_no_file(string term)
    {
        Assert.Throws<InvalidDataException>(() => CorpusVocabulary.Create([Vector(term)]).Save(File));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("1\ta\t1")] // starts at 1
    [InlineData("0\ta")]
    [InlineData("0\t\t1")]
    [InlineData("0\ta\tx")]
    [InlineData("0\ta\t1\n1\ta\t1")]
    [InlineData("0\ta\t1\n2\tb\t1")]
    public void Malformed_file_is_rejected_with_file_and_line(string contents)
    {
        System.IO.File.WriteAllText(File, contents);
        var error = Assert.Throws<InvalidDataException>(() => CorpusVocabulary.Load(File));
        Assert.StartsWith($"{File}, line {contents.Split('\n').Length}: ", error.Message, StringComparison.Ordinal);
    }

    private static SparseVector Vector(params string[] terms) => new(terms.Select(term => new TermWeight(term, 1)));
}
