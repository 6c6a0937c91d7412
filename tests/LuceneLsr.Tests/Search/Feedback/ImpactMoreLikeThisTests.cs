using CsCheck;
using LuceneLsr.Search;
using LuceneLsr.Search.Feedback;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Search.Feedback;

public class ImpactMoreLikeThisTests
{
    private const string Body = ImpactIndex.Body;

    private static readonly ImpactMoreLikeThis All = new() { MaxTerms = int.MaxValue, MinDocumentFrequency = 1 };

    [Fact]
    public void Query_of_one_document_has_its_impacts() => ImpactCollection.Any.Sample(
        collection =>
        {
            using var index = collection.Index();
            var searcher = index.Open();
            for (var document = 0; document < searcher.IndexReader.MaxDoc; document++)
            {
                var expected = DocumentImpacts.Read(searcher.IndexReader, Body, [document])[0].Entries
                    .Select(entry => new TermImpact(entry.Term, (int)entry.Weight));
                var query = All.CreateQuery(searcher.IndexReader, Body, [document]);
                Assert.Equal(new ImpactQuery(Body, expected), query);
            }
        },
        iter: 50);

    [Fact]
    public void Query_of_several_documents_is_mean_direction_at_mean_length()
    {
        using var index = CreateIndex([new("a", 3), new("b", 4)], [new("a", 12), new("c", 16)]); // impacts x 10
        // Lengths 50 and 200, 125 on average. The mean of 0.6, 0.8, 0 and 0.6, 0, 0.8.
        var query = All.CreateQuery(index.Open().IndexReader, Body, [0, 1]);
        Assert.Equal([new("a", 75), new("b", 50), new("c", 50)], query.Terms);
    }

    [Theory]
    [InlineData(2, 1, 1, 1f, "heavy middle")]
    [InlineData(10, 25, 1, 1f, "heavy middle")] // impacts 50, 30, 10
    [InlineData(10, 1, 2, 1f, "light middle")] // only these are in two documents or more
    [InlineData(10, 1, 1, 0.5f, "heavy")] // only this one is in half of the documents or fewer
    [InlineData(10, 1, 3, 0.5f, "")]
    public void Limits_select_terms(int maxTerms, int minImpact, int minFrequency, float maxShare, string expected)
    {
        using var index = CreateIndex(
            [new("heavy", 5), new("middle", 3), new("light", 1)], [new("middle", 1), new("light", 1)], [new("light", 1)]);
        var like = new ImpactMoreLikeThis
        {
            MaxTerms = maxTerms,
            MinImpact = minImpact,
            MinDocumentFrequency = minFrequency,
            MaxDocumentShare = maxShare,
        };
        Assert.Equal(
            expected,
            string.Join(' ', like.CreateQuery(index.Open().IndexReader, Body, [0]).Terms.Select(term => term.Term)));
    }

    [Fact]
    public void Search_without_the_document_itself_finds_the_others()
    {
        using var index = CreateIndex([new("a", 5)], [new("a", 2)], [new("a", 1)], [new("b", 1)]);
        var searcher = new ImpactSearcher(index.Open().IndexReader);
        var query = new ImpactMoreLikeThis().CreateQuery(searcher.IndexReader, Body, [1]);
        Assert.Equal([0, 1, 2], searcher.Search(query, 10).ScoreDocs.Select(hit => hit.Doc));
        Assert.Equal(
            [0, 2], searcher.Search(query, new ExcludedDocuments(1), 10).ScoreDocs.Select(hit => hit.Doc));
    }

    [Fact]
    public void Excluded_documents_stay_excluded_among_deleted_ones()
    {
        using var index = CreateIndex([new("a", 5)], [new("a", 2)], [new("a", 1)]);
        index.Writer.DeleteDocuments(new Lucene.Net.Index.Term("id", "d0"));
        var hits = index.Open().Search(
            new ImpactQuery(Body, [new("a", 1)]), new ExcludedDocuments(1, 99), 10);
        Assert.Equal([2], hits.ScoreDocs.Select(hit => hit.Doc));
    }

    [Fact]
    public void Document_without_terms_gives_query_that_matches_nothing()
    {
        using var index = CreateIndex([], [new("a", 1)]);
        var searcher = index.Open();
        var query = new ImpactMoreLikeThis().CreateQuery(searcher.IndexReader, Body, [0]);
        Assert.Equal(0, searcher.Search(query, 10).TotalHits);
    }

    [Fact]
    public void Limit_out_of_range_throws_naming_property()
    {
        Assert.Equal("MaxTerms", GetRejectedProperty(() => new() { MaxTerms = 0 }));
        Assert.Equal("MinImpact", GetRejectedProperty(() => new() { MinImpact = 0 }));
        Assert.Equal("MinDocumentFrequency", GetRejectedProperty(() => new() { MinDocumentFrequency = 0 }));
        Assert.Equal("MaxDocumentShare", GetRejectedProperty(() => new() { MaxDocumentShare = float.NaN }));
    }

    private static string? GetRejectedProperty(Func<ImpactMoreLikeThis> create) =>
        Assert.Throws<ArgumentOutOfRangeException>(create).ParamName;

    private static ImpactIndex CreateIndex(params TermWeight[][] documents) => new ImpactCollection(
        [.. documents.Select(document => (new SparseVector(document), false))], SparseVector.Empty, SegmentSize: 2)
        .Index();
}
