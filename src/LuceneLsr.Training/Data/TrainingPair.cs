namespace LuceneLsr.Training.Data;

/// <summary>A query and a relevant document.</summary>
/// <param name="Query">The text of the query.</param>
/// <param name="Document">The text of the relevant document.</param>
/// <param name="RelevantIds">
/// The ids of all documents of the source that must not be mined as negatives of the query. Empty if the pair comes
/// with its negatives.
/// </param>
internal sealed record TrainingPair(string Query, string Document, IReadOnlyCollection<string> RelevantIds)
{
    /// <summary>Gets the texts of the hard negatives.</summary>
    public IReadOnlyList<string> Negatives { get; init; } = [];

    /// <summary>
    /// Gets a teacher's scores of the document and then of each negative, or null without a teacher.
    /// </summary>
    public IReadOnlyList<float>? TeacherScores { get; init; }

    /// <summary>Returns the pair with a random selection of its negatives.</summary>
    /// <param name="count">
    /// The maximum number of negatives. With 0 the teacher's scores are dropped too, because nothing can be learned
    /// from a single score.
    /// </param>
    /// <param name="random">Makes the selection.</param>
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
