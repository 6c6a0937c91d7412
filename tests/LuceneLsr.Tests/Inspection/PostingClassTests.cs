using Lucene.Net.Analysis.Core;
using LuceneLsr.Documents;
using LuceneLsr.Inspection;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Inspection;

public class PostingClassTests
{
    /// <summary>
    /// "cat" has three postings in 5 bytes: one per delta, and one per impact unless it is 1. Others have one posting,
    /// which takes no bytes of its own.
    /// </summary>
    [Fact]
    public void Postings_are_classified_by_the_terms_of_their_documents()
    {
        using var index = new ImpactIndex(new KeywordAnalyzer());
        Add(index, "d0", new("cat", 2), new("pet", 1));
        Add(index, "d1", new TermWeight("cat", 1));
        Add(index, "d2", new("cat", 3), new("dog", 1));
        var reader = index.Open().IndexReader;
        var sizes = ImpactFieldSize.Read(reader, ImpactIndex.Body);
        Dictionary<string, TermKind>?[] ownTerms =
        [
            new() { ["cat"] = TermKind.Own, ["not indexed"] = TermKind.Own }, null, new() { ["dog"] = TermKind.WholeWord },
        ];
        var classes = PostingClass.Classify(reader, ImpactIndex.Body, sizes, number => ownTerms[number]);
        Assert.Equal(
            [(null, 1L, 5 / 3.0), (TermKind.Own, 1L, 5 / 3.0), (TermKind.Expansion, 2L, 5 / 3.0), (TermKind.WholeWord, 1L, 0.0)],
            classes.Select(entry => (entry.Kind, entry.Postings, entry.Bytes)).OrderBy(entry => Order(entry.Kind)));
        Assert.Equal(2, classes[0].Postings); // the largest is first
    }

    private static int Order(TermKind? kind) =>
        Array.IndexOf(new TermKind?[] { null, TermKind.Own, TermKind.Expansion, TermKind.WholeWord }, kind);

    private static void Add(ImpactIndex index, string id, params TermWeight[] terms) => index.Add(
        id, new ImpactField(ImpactIndex.Body, new SparseVector(terms), ImpactScale.Identity));
}
