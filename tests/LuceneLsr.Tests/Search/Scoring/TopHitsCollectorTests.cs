using CsCheck;
using LuceneLsr.Search.Scoring;

namespace LuceneLsr.Tests.Search.Scoring;

public class TopHitsCollectorTests
{
    // Segments take turns, as concurrent tasks do. A document is added if its score exceeds its segment's threshold.
    [Fact]
    public void Add_collectors_of_several_segments_keeps_best_hits_of_all() => Gen.Select(
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 9]).Array[0, 60], Gen.Int[1, 8]).Sample(
        (scores, count) =>
        {
            var shared = new MinCompetitiveScore();
            TopHitsCollector[] segments = [.. Enumerable.Range(0, 3).Select(_ => new TopHitsCollector(count, shared))];
            var seen = new int[3];
            var all = new List<(int Document, float Score)>();
            foreach (var (segment, score) in scores)
            {
                var document = (100 * segment) + seen[segment]++;
                all.Add((document, score));
                segments[segment].RefreshThreshold();
                if (score > segments[segment].Threshold)
                {
                    segments[segment].Add(document, score);
                }
            }

            var joined = new TopHitsCollector(count, shared);
            foreach (var segment in segments)
            {
                joined.Add(segment);
            }

            Assert.Equal(
                all.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Document).Take(count),
                joined.ToTopDocs().ScoreDocs.Select(hit => (hit.Doc, hit.Score)));
        });

    [Fact]
    public void RefreshThreshold_after_other_segment_is_full_allows_tie_with_its_score()
    {
        var shared = new MinCompetitiveScore();
        TopHitsCollector first = new(1, shared), second = new(1, shared);
        first.Add(0, 5);
        first.Add(1, 7);
        Assert.True(float.IsNegativeInfinity(second.Threshold));
        second.RefreshThreshold();
        Assert.Equal(float.BitDecrement(7), second.Threshold);
    }
}
