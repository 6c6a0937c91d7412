using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Pairs of a document's title, as the query, and its text. Documents without a title or a text are skipped.
/// </summary>
/// <param name="corpus">The documents.</param>
internal sealed class TitlePairs(IEnumerable<BeirDocument> corpus) : ICorpusPairs
{
    private readonly BeirDocument[] _documents =
        [.. corpus.Where(document =>
            !string.IsNullOrWhiteSpace(document.Title) && !string.IsNullOrWhiteSpace(document.Text))];

    /// <inheritdoc/>
    public int Count => _documents.Length;

    /// <inheritdoc/>
    public IEnumerable<(string Id, string Text)> Documents =>
        _documents.Select(document => (document.Id, document.Text));

    /// <inheritdoc/>
    public TrainingPair Draw(int index, Random random)
    {
        var document = _documents[index];
        return new TrainingPair(document.Title, document.Text, [document.Id]);
    }
}
