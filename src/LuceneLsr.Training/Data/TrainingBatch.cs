namespace LuceneLsr.Training.Data;

/// <summary>A batch of pairs from one source.</summary>
internal sealed class TrainingBatch
{
    /// <summary>Creates a batch.</summary>
    /// <param name="source">The name of the source.</param>
    /// <param name="pairs">The pairs, whose queries and documents must be distinct.</param>
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

    /// <summary>Gets the name of the source.</summary>
    public string Source { get; }

    /// <summary>Gets the pairs.</summary>
    public IReadOnlyList<TrainingPair> Pairs { get; }

    /// <summary>Gets the texts of the queries.</summary>
    public IReadOnlyList<string> Queries { get; }

    /// <summary>
    /// Gets the distinct texts of the documents: the relevant document of each query in order, then the hard negatives.
    /// </summary>
    public IReadOnlyList<string> Documents { get; }

    /// <summary>
    /// Gets for each query the indexes in <see cref="Documents"/> of its relevant document and of its hard negatives.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>> Candidates { get; }
}
