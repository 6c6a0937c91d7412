using CsCheck;
using LuceneLsr.Orleans.Indexes;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Orleans.Tests.Support;
using LuceneLsr.Search;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Orleans.Tests.Indexes;

public sealed class ShardIndexTests
{
    private static readonly Gen<ShardBatch> Batch = Gen.Select(
        Samples.Document.Array[0, 20], Samples.Id.Array[0, 10],
        (documents, deletedIds) => new ShardBatch(Shards: 1, documents, deletedIds));

    [Fact]
    public void Apply_of_several_batches_at_once_equals_one_after_the_other() => Gen.Select(
        Batch.Array[0, 6].List[0, 6], Samples.Query).Sample(
        (groups, query) =>
        {
            using var folder = new TemporaryFolder();
            using var index = new ShardIndex(folder.File("index"), sequence: 7);
            var reference = new ReferenceIndex();
            foreach (var group in groups)
            {
                index.Apply(group);
                foreach (var batch in group)
                {
                    reference.Delete(batch.DeletedIds);
                    reference.Put(batch.Documents);
                }
            }

            index.Refresh();
            var answer = index.Search(CreateQuery(query), new SearchBudget(TimeSpan.FromMinutes(1)))!;
            reference.AssertEqual(query, new ClusterResult(answer.Hits, answer.TotalHits, []));
            Assert.Equal(7 + groups.Sum(group => group.Length), answer.Sequence);
            Assert.Equal(reference.Count, index.Measure().Documents);
        },
        iter: 50);

    [Fact]
    public void Search_after_a_batch_that_changes_nothing_reports_its_sequence()
    {
        using var folder = new TemporaryFolder();
        using var index = new ShardIndex(folder.File("index"), sequence: 7);
        index.Apply([new ShardBatch(Shards: 1, [], ["unknown"]), new ShardBatch(Shards: 1, [], [])]);
        index.Refresh();
        var query = CreateQuery(new ClusterQuery([new TermImpact("a", 1)]));
        Assert.Equal(9, index.Search(query, new SearchBudget(TimeSpan.FromMinutes(1)))!.Sequence);
    }

    private static ShardQuery CreateQuery(ClusterQuery query) => new()
    {
        Terms = new ImpactTerms([.. query.Terms]),
        Top = query.Top,
        Filters = [.. query.Filters],
        FieldNames = null,
        MinSequence = 0,
        Time = TimeSpan.FromMinutes(1),
    };
}
