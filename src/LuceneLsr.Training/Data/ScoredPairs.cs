using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Judged pairs of a BEIR collection that a teacher scored: negatives are all the documents that it scored for the
/// query beside the relevant ones.
/// </summary>
internal sealed class ScoredPairs : IPairSource
{
    private readonly JudgedPairs _pairs;
    private readonly IReadOnlyDictionary<string, Dictionary<string, float>> _scores;

    /// <summary>Takes every pair that <see cref="JudgedPairs"/> does, each of which has to be scored.</summary>
    /// <param name="collection">The collection, loaded with its training split.</param>
    /// <param name="path">
    /// The scores, a line each of query id, document id and score between tabs, with or without a header that ends with
    /// "score"; it may be compressed (.gz). Queries that are not of the split are passed over.
    /// </param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// A line is malformed, names an unknown document or repeats a pair; or a relevant document has no score, which
    /// tells that scores and collection do not belong together, and is therefore not left out in silence.
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
                    + " no score; score it or drop its judgment.");
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
            Negatives = [.. negatives.Select(scored => _pairs.Text(scored.Key))],
            TeacherScores = [scores[documentId], .. negatives.Select(scored => scored.Value)],
        };
    }
}
