using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Training.Data;

/// <summary>Query and relevant document from the judgments of a BEIR collection.</summary>
internal sealed class JudgedPairs : ICorpusPairs
{
    private readonly BeirCollection _collection;
    private readonly Dictionary<string, string> _texts;
    private readonly (BeirQuery Query, string DocumentId)[] _pairs;

    /// <summary>Takes every pair that the collection judges relevant; a blank text has nothing to learn from.</summary>
    /// <param name="collection">The collection, loaded with its training split.</param>
    public JudgedPairs(BeirCollection collection)
    {
        ArgumentNullException.ThrowIfNull(collection);
        _collection = collection;
        _texts = collection.Corpus.ToDictionary(
            document => document.Id, document => document.Contents, StringComparer.Ordinal);
        _pairs = [.. from query in collection.Queries
                     from grade in collection.Qrels.Grades(query.Id)
                     where grade.Value > 0
                         && !string.IsNullOrWhiteSpace(query.Text)
                         && !string.IsNullOrWhiteSpace(_texts[grade.Key])
                     select (query, grade.Key)];
    }

    /// <inheritdoc/>
    public int Count => _pairs.Length;

    /// <inheritdoc/>
    public IEnumerable<(string Id, string Text)> Documents => _texts.Select(text => (text.Key, text.Value));

    /// <summary>The pairs.</summary>
    internal IReadOnlyList<(BeirQuery Query, string DocumentId)> Judged => _pairs;

    /// <summary>The pair of an index; a document that is judged not relevant is no negative either.</summary>
    public TrainingPair Draw(int index, Random random)
    {
        var (query, documentId) = _pairs[index];
        return new TrainingPair(query.Text, _texts[documentId], [.. _collection.Qrels.Grades(query.Id).Keys]);
    }

    /// <summary>The text of a document.</summary>
    internal string Text(string documentId) => _texts[documentId];

    /// <summary>Whether a document of the corpus is not relevant to a query, and not blank.</summary>
    internal bool CanBeNegative(BeirQuery query, string documentId) =>
        _collection.Qrels.Grades(query.Id).GetValueOrDefault(documentId) <= 0
        && !string.IsNullOrWhiteSpace(_texts[documentId]);
}
