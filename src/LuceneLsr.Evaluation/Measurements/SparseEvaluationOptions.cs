using LuceneLsr.Edits;
using LuceneLsr.Evaluation.Rankers;

namespace LuceneLsr.Evaluation.Measurements;

/// <summary>Options of <see cref="SparseEvaluation"/>.</summary>
public sealed record SparseEvaluationOptions
{
    /// <summary>
    /// Gets the factory of the query encoder for a finished index, such as one with IDF weights. The encoder replaces
    /// that of the query side and is disposed after the evaluation.
    /// </summary>
    public Func<SparseIndex, ISparseEncoder>? CreateQueryEncoder { get; init; }

    /// <summary>Gets the rules of queries, or null for none.</summary>
    public RelevanceRules? Rules { get; init; }

    /// <summary>Gets whether to leave out the document with the id of the query, as BEIR does for some collections.</summary>
    public bool IgnoresIdenticalIds { get; init; }

    /// <summary>Gets whether the index stores titles and texts, which count in its size.</summary>
    public bool StoresTexts { get; init; }

    /// <summary>Gets the callback that receives the number of documents of each encoded chunk.</summary>
    public Action<int>? OnEncoded { get; init; }
}
