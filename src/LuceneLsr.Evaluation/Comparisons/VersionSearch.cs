using System.Diagnostics;
using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Indexing;
using LuceneLsr.Search;

namespace LuceneLsr.Evaluation.Comparisons;

/// <summary>Searches one version of a field, and measures the cost.</summary>
internal sealed class VersionSearch(IndexSearcher searcher, string idField, FieldVersion version, int depth)
{
    private readonly IdSearcher _searcher = new(searcher, idField);

    // Queries may be encoded by an export of the model that filled the field.
    private readonly ImpactScale _scale = LsrIndexStamp.Verify(
        searcher.IndexReader, version.Field, version.Encoder, allowOtherEncoder: true).Scale;

    public VersionRanking Rank(BeirQuery query, IReadOnlyDictionary<string, int>? grades)
    {
        var start = Stopwatch.GetTimestamp();
        var impacts = _scale.Quantize(version.Encoder.Encode(query.Text, TextSide.Query));
        var learned = new ImpactQuery(version.Field, impacts).WithRules(version.Rules, query.Text);
        var hits = _searcher.Search(learned, depth);
        var time = Stopwatch.GetElapsedTime(start);
        return new VersionRanking(
            hits,
            grades is null ? null : new Ndcg(depth).Score(hits, grades),
            learned.Terms.Count,
            learned.Terms.Sum(impact => (long)searcher.IndexReader.DocFreq(new Term(version.Field, impact.Term))),
            time);
    }
}
