using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Training.Data;

/// <summary>Pairs of a query and a relevant document from the judgments of a BEIR collection.</summary>
internal sealed class JudgedPairs : ICorpusPairs
{
    private readonly BeirCollection _collection;
    private readonly Dictionary<string, string> _texts;
    private readonly (BeirQuery Query, string DocumentId)[] _pairs;

    /// <summary>
    /// Collects the relevant pairs of a collection. Pairs with a blank text, or without a document, are skipped.
    /// </summary>
    /// <param name="collection">The collection, loaded with its training split.</param>
    public JudgedPairs(BeirCollection collection)
    {
        ArgumentNullException.ThrowIfNull(collection);
        _collection = collection;
        _texts = collection.Corpus.ToDictionary(
            document => document.Id, document => document.Contents, StringComparer.Ordinal);
        _pairs = [.. from query in collection.Queries
                     from grade in collection.Qrels.GetGrades(query.Id)
                     where grade.Value > 0
                         && !string.IsNullOrWhiteSpace(query.Text)
                         && !string.IsNullOrWhiteSpace(_texts.GetValueOrDefault(grade.Key))
                     select (query, grade.Key)];
    }

    /// <inheritdoc/>
    public int Count => _pairs.Length;

    /// <inheritdoc/>
    public IEnumerable<(string Id, string Text)> Documents => _texts.Select(text => (text.Key, text.Value));

    /// <summary>Gets the pairs in the order of their indexes.</summary>
    internal IReadOnlyList<(BeirQuery Query, string DocumentId)> Judged => _pairs;

    /// <summary>
    /// Draws the pair at an index. Its <see cref="TrainingPair.RelevantIds"/> are all judged documents of the query,
    /// even those that are judged not relevant.
    /// </summary>
    /// <inheritdoc/>
    public TrainingPair Draw(int index, Random random)
    {
        var (query, documentId) = _pairs[index];
        return new TrainingPair(query.Text, _texts[documentId], [.. _collection.Qrels.GetGrades(query.Id).Keys]);
    }

    /// <summary>Gets the text of a document.</summary>
    internal string GetText(string documentId) => _texts[documentId];

    /// <summary>Returns whether a document is neither relevant to a query nor blank.</summary>
    internal bool CanBeNegative(BeirQuery query, string documentId) =>
        _collection.Qrels.GetGrades(query.Id).GetValueOrDefault(documentId) <= 0
        && !string.IsNullOrWhiteSpace(_texts[documentId]);
}
