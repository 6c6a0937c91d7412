namespace LuceneLsr.Training.Data;

/// <summary>A query and a document that answers it.</summary>
/// <param name="Query">The query's text.</param>
/// <param name="Document">The relevant document's text.</param>
/// <param name="RelevantIds">
/// Every document of the source that answers the query, so that none is mined as a negative; empty where negatives
/// come with the pair.
/// </param>
internal sealed record TrainingPair(string Query, string Document, IReadOnlyCollection<string> RelevantIds)
{
    /// <summary>Texts that only look as if they answered the query (hard negatives).</summary>
    public IReadOnlyList<string> Negatives { get; init; } = [];

    /// <summary>
    /// A teacher's scores of the document and of each negative, in this order; null where there are none.
    /// </summary>
    public IReadOnlyList<float>? TeacherScores { get; init; }

    /// <summary>The pair with a random choice of its negatives.</summary>
    /// <param name="count">
    /// How many; all where there are no more. With 0 there are no scores either: the document's alone teaches nothing.
    /// </param>
    /// <param name="random">Makes the choice.</param>
    public TrainingPair DrawNegatives(int count, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int[] drawn = [.. Enumerable.Range(0, Negatives.Count)];
        random.Shuffle(drawn);
        drawn = drawn[..Math.Min(count, drawn.Length)];
        return this with
        {
            Negatives = [.. drawn.Select(index => Negatives[index])],
            TeacherScores = TeacherScores is null || count == 0
                ? null
                : [TeacherScores[0], .. drawn.Select(index => TeacherScores[1 + index])],
        };
    }
}
