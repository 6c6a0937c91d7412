using CsCheck;
using LuceneLsr.Edits;
using LuceneLsr.Postings;
using LuceneLsr.Search.Feedback;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Search.Feedback;

public class DocumentImpactsTests
{
    private const string Body = ImpactIndex.Body;

    [Fact]
    public void Read_returns_quantized_vectors_of_documents_in_any_order() => Gen.Select(
        ImpactCollection.Any, Gen.Bool, Gen.Int[0, 1000]).Sample(
        (collection, isCached, seed) =>
        {
            using var index = collection.Index();
            var reader = index.Open().IndexReader;
            var cache = isCached ? new ImpactCache(long.MaxValue) : null;
            cache?.Warm(reader, Body);
            int[] documents = [.. Enumerable.Range(0, reader.MaxDoc)];
            new Random(seed).Shuffle(documents);
            var read = DocumentImpacts.Read(reader, Body, documents, cache);
            Assert.Equal(
                documents.Select(document => Format(ImpactCollection.DocumentScale.ToImpactVector(
                    collection.Documents[IndexOf(reader, document)].Vector))),
                read.Select(Format));
        },
        iter: 200);

    [Fact]
    public void Read_with_rules_returns_edited_vectors()
    {
        using var index = CreateIndex();
        var rules = new RelevanceRules(
        [
            new DocumentRule { Id = "1", DocumentId = "d0", Term = "a", Impact = -20 },
            new DocumentRule { Id = "2", DocumentId = "d0", Term = "c", Impact = 7 },
            new DocumentRule { Id = "3", DocumentId = "d1", Term = "b", Impact = 5 },
            new DocumentRule { Id = "4", DocumentId = "d1", Term = "b", Impact = 9, Field = "other" },
        ]);
        var read = DocumentImpacts.Read(index.Open().IndexReader, Body, [0, 1], rules: rules);
        Assert.Equal(["c:7", "b:25"], read.Select(Format));
    }

    [Fact]
    public void Read_repeated_document_returns_it_twice()
    {
        using var index = CreateIndex();
        var read = DocumentImpacts.Read(index.Open().IndexReader, Body, [1, 0, 1]);
        Assert.Equal(["b:20", "a:10", "b:20"], read.Select(Format));
    }

    [Fact]
    public void Read_unknown_field_returns_empty_vectors()
    {
        using var index = CreateIndex();
        Assert.Equal([0, 0], DocumentImpacts.Read(index.Open().IndexReader, "other", [0, 1]).Select(read => read.Count));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void Read_document_that_index_lacks_throws(int document)
    {
        using var index = CreateIndex();
        var reader = index.Open().IndexReader;
        var exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => DocumentImpacts.Read(reader, Body, [0, document]));
        Assert.StartsWith($"The index has no document {document}: it has 2.", exception.Message);
    }

    private static ImpactIndex CreateIndex() => new ImpactCollection(
        [(new SparseVector([new("a", 1)]), false), (new SparseVector([new("b", 2)]), false)],
        SparseVector.Empty, SegmentSize: 1).Index();

    private static int IndexOf(Lucene.Net.Index.IndexReader reader, int document) =>
        int.Parse(reader.Document(document).Get("id").AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);

    private static string Format(SparseVector vector) =>
        string.Join(' ', vector.Entries.Select(entry => $"{entry.Term}:{entry.Weight}"));
}
