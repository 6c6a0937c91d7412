namespace LuceneLsr.Training.Data;

/// <summary>One batch's data, all from one source.</summary>
internal sealed class TrainingBatch
{
    /// <summary>Lays pairs out.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="pairs">The pairs, no two with the same query or document.</param>
    public TrainingBatch(string source, IReadOnlyList<TrainingPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        (Source, Pairs) = (source, pairs);
        Queries = [.. pairs.Select(pair => pair.Query)];
        Documents =
        [
            .. pairs.Select(pair => pair.Document).Concat(pairs.SelectMany(pair => pair.Negatives))
                .Distinct(StringComparer.Ordinal),
        ];
        var indexes = Documents.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        Candidates = [.. pairs.Select(pair =>
            (IReadOnlyList<int>)[indexes[pair.Document], .. pair.Negatives.Select(text => indexes[text])])];
    }

    /// <summary>The source's name.</summary>
    public string Source { get; }

    /// <summary>The pairs.</summary>
    public IReadOnlyList<TrainingPair> Pairs { get; }

    /// <summary>The queries' texts.</summary>
    public IReadOnlyList<string> Queries { get; }

    /// <summary>Every document's text once: first each query's own, in order, then all hard negatives.</summary>
    public IReadOnlyList<string> Documents { get; }

    /// <summary>
    /// For each query the indexes in <see cref="Documents"/> of its own document and its own negatives.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>> Candidates { get; }
}
