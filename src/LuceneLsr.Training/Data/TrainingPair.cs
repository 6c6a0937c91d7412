namespace LuceneLsr.Training.Data;

/// <summary>A query and a document that answers it.</summary>
/// <param name="Query">The query's text.</param>
/// <param name="Document">The relevant document's text.</param>
/// <param name="RelevantIds">
/// Every document of the source that answers the query, so that none becomes a negative.
/// </param>
public sealed record TrainingPair(string Query, string Document, IReadOnlyCollection<string> RelevantIds)
{
    /// <summary>Texts that only look as if they answered the query (hard negatives).</summary>
    public IReadOnlyList<string> Negatives { get; init; } = [];

    /// <summary>A teacher's scores of the document and of each negative, in this order; null where there are none.</summary>
    public IReadOnlyList<float>? TeacherScores { get; init; }
}
