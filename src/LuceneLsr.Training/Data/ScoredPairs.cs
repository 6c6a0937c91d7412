using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Judged pairs of a BEIR collection with the scores of a teacher. The negatives of a pair are the documents that the
/// teacher scored for the query and that are not relevant.
/// </summary>
internal sealed class ScoredPairs : IPairSource
{
    private readonly JudgedPairs _pairs;
    private readonly IReadOnlyDictionary<string, Dictionary<string, float>> _scores;

    /// <summary>Reads the scores of the pairs of <see cref="JudgedPairs"/>. Each pair must have a score.</summary>
    /// <param name="collection">The collection, loaded with its training split.</param>
    /// <param name="path">
    /// The file of scores: query id, document id and score, separated by tabs, with an optional header that ends with
    /// "score". It may be compressed (.gz). Queries outside the split are skipped.
    /// </param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// A line is malformed, names an unknown document, or repeats a pair; or a relevant document has no score, which
    /// indicates that the scores belong to another collection.
    /// </exception>
    public ScoredPairs(BeirCollection collection, string path)
    {
        ArgumentNullException.ThrowIfNull(collection);
        _pairs = new JudgedPairs(collection);
        _scores = ScoreFile.Read(
            path, collection.Qrels.QueryIds,
            collection.Corpus.Select(document => document.Id).ToHashSet(StringComparer.Ordinal));
        foreach (var (query, documentId) in _pairs.Judged)
        {
            if (!_scores[query.Id].ContainsKey(documentId))
            {
                throw new InvalidDataException($"{path}: document '{documentId}', relevant to query '{query.Id}', has"
                    + " no score. Add its score, or remove its judgment.");
            }
        }
    }

    /// <inheritdoc/>
    public int Count => _pairs.Count;

    /// <inheritdoc/>
    public TrainingPair Draw(int index, Random random)
    {
        var (query, documentId) = _pairs.Judged[index];
        var scores = _scores[query.Id];
        KeyValuePair<string, float>[] negatives =
            [.. scores.Where(scored => _pairs.CanBeNegative(query, scored.Key))];
        return _pairs.Draw(index, random) with
        {
            Negatives = [.. negatives.Select(scored => _pairs.GetText(scored.Key))],
            TeacherScores = [scores[documentId], .. negatives.Select(scored => scored.Value)],
        };
    }
}
