using CsCheck;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tests.Tokenizers;

namespace LuceneLsr.Tokenization.Tests.Terms;

public class TermVocabularyTests
{
    private static readonly Gen<string?[]> Rows =
        Gen.String[Gen.Char["ab \t\"#é漢"], 0, 4].Select(term => term.Length == 0 ? null : term).Array[0, 6];

    [Fact]
    public void Save_then_Load_returns_equal_rows() => Rows.Sample(rows =>
    {
        using var folder = new TemporaryFolder();
        var vocabulary = new TermVocabulary(rows);
        vocabulary.Save(folder.Path);
        var again = TermVocabulary.Load(folder.Path, ReferenceTokenizer.Load(), new TermRule());
        Assert.Equal(rows, Enumerable.Range(0, again.Count).Select(row => again[row]));
        Assert.Equal(vocabulary.ComputeFingerprint(), again.ComputeFingerprint());
    }, iter: 30);

    [Fact]
    public void Save_writes_one_line_per_row()
    {
        using var folder = new TemporaryFolder();
        new TermVocabulary(["film", null, "über", ""]).Save(folder.Path);
        Assert.Equal("film\n\nüber\n\n"u8, File.ReadAllBytes(folder.File(TermVocabulary.FileName)));
    }

    [Fact]
    public void ComputeFingerprint_is_equal_only_for_equal_rows() =>
        Gen.Select(Rows, Rows).Where((left, right) => left.Length > 0 && right.Length > 0)
            .Sample((left, right) => Assert.Equal(
                left.SequenceEqual(right),
                new TermVocabulary(left).ComputeFingerprint() == new TermVocabulary(right).ComputeFingerprint()));

    /// <summary>Existing indexes store the fingerprint, so its value must never change.</summary>
    [Fact]
    public void ComputeFingerprint_is_prefix_of_SHA_256_of_rows() =>
        Assert.Equal(Sha256("film\n\nüber")[..16], new TermVocabulary(["film", null, "über"]).ComputeFingerprint());

    [Fact]
    public void Load_without_file_maps_each_token_to_a_row()
    {
        using var folder = new TemporaryFolder();
        var tokenizer = ReferenceTokenizer.Load();
        var terms = TermVocabulary.Load(folder.Path, tokenizer, new TermRule(Stemming.Porter));
        Assert.Equal(tokenizer.VocabularySize, terms.Count);
        Assert.Equal("the", terms[tokenizer.Encode("The")[0]]);
        Assert.Equal("boundari", terms[tokenizer.Encode("boundary")[0]]);
        Assert.Null(terms[tokenizer.Encode(".")[^1]]);
        Assert.Null(terms[tokenizer.Encode("☃")[^1]]);
    }

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
