using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Training.Data;

/// <summary>A document's title as the query for its text.</summary>
public sealed class TitlePairs(IEnumerable<BeirDocument> corpus) : IPairSource
{
    private readonly BeirDocument[] _documents =
        [.. corpus.Where(document =>
            !string.IsNullOrWhiteSpace(document.Title) && !string.IsNullOrWhiteSpace(document.Text))];

    /// <inheritdoc/>
    public int Count => _documents.Length;

    /// <inheritdoc/>
    public TrainingPair Draw(int index, Random random) => new(_documents[index].Title, _documents[index].Text, []);
}
