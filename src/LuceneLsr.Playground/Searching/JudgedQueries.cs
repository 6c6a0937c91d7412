using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Metrics;

namespace LuceneLsr.Playground.Searching;

/// <summary>Queries with judgments, which show the quality of rankings.</summary>
public sealed class JudgedQueries
{
    private readonly Dictionary<string, BeirQuery> _byText;

    /// <summary>Creates the list.</summary>
    /// <param name="queries">The queries, each with judgments.</param>
    /// <param name="qrels">The judgments.</param>
    public JudgedQueries(IReadOnlyList<BeirQuery> queries, Qrels qrels)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(qrels);
        (Queries, Qrels) = (queries, qrels);
        _byText = queries.DistinctBy(query => query.Text.Trim(), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(query => query.Text.Trim(), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Gets the metric of all rankings, nDCG@10.</summary>
    internal static Ndcg Metric { get; } = new(10);

    /// <summary>Gets the queries.</summary>
    public IReadOnlyList<BeirQuery> Queries { get; }

    /// <summary>Gets the judgments.</summary>
    public Qrels Qrels { get; }

    /// <summary>Finds the query with a text, in any case, or null.</summary>
    public BeirQuery? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _byText.GetValueOrDefault(text.Trim());
    }
}
