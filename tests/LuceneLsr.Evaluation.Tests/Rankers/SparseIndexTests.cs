using Lucene.Net.Index;
using Lucene.Net.Store;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Tests.Support;
using LuceneLsr.Indexing;

namespace LuceneLsr.Evaluation.Tests.Rankers;

public sealed class SparseIndexTests
{
    private static readonly ImpactScale Scale = new(10);
    private static readonly ISparseEncoder Encoder = TermListEncoder.BothSides.Document;

    [Fact]
    public void Index_counts_terms_after_rounding()
    {
        using var index = Create("a=1 b=0.5", "a=1", "b=1 c=0.7 d=2", "", "a=0.01");
        Assert.Equal(6 / 5.0, index.TermsPerDocument);
        Assert.Equal(2, index.DocumentsWithoutTerms);
    }

    [Fact]
    public void Empty_index_has_no_terms_per_document()
    {
        using var index = Create();
        Assert.Equal((0.0, 0), (index.TermsPerDocument, index.DocumentsWithoutTerms));
    }

    [Fact]
    public void Size_grows_with_the_number_of_postings()
    {
        using SparseIndex small = Create("a=1 b=0.5", "a=1", "b=1 c=0.7 d=2");
        using SparseIndex large = Create([.. Enumerable.Range(0, 1_000).Select(number => $"a=1 b{number}=2")]);
        Assert.InRange(large.SizeInBytes, small.SizeInBytes + 2_000, 1 << 20);
    }

    [Fact]
    public void Index_in_a_directory_stores_texts_and_bears_the_stamp()
    {
        using var directory = new RAMDirectory();
        using var index = SparseIndex.Create(
            directory, [(new BeirDocument("x", "Title", "a=1"), Encode("a=1"))], Encoder, Scale);
        var document = index.Searcher.Doc(0);
        Assert.Equal(("x", "Title", "a=1"), (document.Get("id"), document.Get("title"), document.Get("text")));
        Assert.Equal(new LsrIndexStamp(Encoder.VocabularyId, Scale), index.Verify(Encoder));
    }

    [Fact]
    public void Index_in_memory_stores_ids_alone_by_default()
    {
        using var index = SparseIndex.CreateInMemory(
            [(new BeirDocument("x", "Title", "a=1"), Encode("a=1"))], Encoder, Scale);
        Assert.Equal("id", Assert.Single(index.Searcher.Doc(0)).Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Document_is_read_if_texts_are_stored(bool storesTexts)
    {
        BeirDocument[] documents = [new("x", "Title", "a=1"), new("y", "", "b=1")];
        using var index = SparseIndex.CreateInMemory(
            documents.Select(document => (document, Encode(document.Text))), Encoder, Scale, storesTexts);
        Assert.Equal(
            storesTexts ? documents : new BeirDocument?[] { null, null },
            documents.Select(document => index.ReadDocument(index.FindDocument(document.Id))));
    }

    [Fact]
    public void Document_is_found_by_its_id()
    {
        using var index = Create("a=1", "b=1", "c=1");
        Assert.Equal([2, 0], new[] { "d2", "d0" }.Select(index.FindDocument));
        Assert.Equal(
            "The index has no document 'D2'. Ids are case-sensitive.",
            Assert.Throws<KeyNotFoundException>(() => index.FindDocument("D2")).Message);
    }

    [Fact]
    public void Create_that_fails_keeps_the_earlier_index()
    {
        using var directory = new RAMDirectory();
        SparseIndex.Create(directory, Encoded("a=1"), Encoder, Scale).Dispose();
        Assert.Throws<InvalidDataException>(
            () => SparseIndex.Create(directory, Encoded("b=1").Concat(Failing()), Encoder, Scale));
        using var index = SparseIndex.Open(directory);
        Assert.Equal(["d0"], index.Search([new("a", 1)], 10).Select(hit => hit.DocumentId));
        Assert.False(IndexWriter.IsLocked(directory));

        static IEnumerable<(BeirDocument, SparseVector)> Failing() => throw new InvalidDataException();
    }

    private static SparseIndex Create(params string[] texts) =>
        SparseIndex.CreateInMemory(Encoded(texts), Encoder, Scale);

    private static IEnumerable<(BeirDocument, SparseVector)> Encoded(params string[] texts) =>
        texts.Select((text, number) => (TermListEncoder.Document($"d{number}", text), Encode(text)));

    private static SparseVector Encode(string text) => Encoder.Encode(text, TextSide.Document);
}
