using LuceneLsr.Evaluation.Baselines;
using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Query and relevant document from the judgments of a BEIR collection,
/// with BM25's best wrong answers as hard negatives.
/// </summary>
public sealed class JudgedPairs : IPairSource
{
    /// <summary>Hard negatives are drawn from so many of BM25's best documents that are not judged.</summary>
    public const int NegativePool = 10;

    private readonly IReadOnlyList<(BeirQuery Query, string Document)> _pairs;
    private readonly Dictionary<string, BeirDocument> _documents;
    private readonly Dictionary<string, IReadOnlyList<string>> _negatives = new(StringComparer.Ordinal);
    private readonly int _negativesEach;

    /// <summary>Takes every pair that the collection judges relevant; a blank text has nothing to learn from.</summary>
    /// <param name="collection">The collection, loaded with its training split.</param>
    /// <param name="negativesEach">Hard negatives a pair, at most <see cref="NegativePool"/>; 0 for none.</param>
    public JudgedPairs(BeirCollection collection, int negativesEach)
    {
        ArgumentNullException.ThrowIfNull(collection);
        _negativesEach = negativesEach;
        _documents = collection.Corpus.ToDictionary(document => document.Id, StringComparer.Ordinal);
        _pairs = [.. from query in collection.Queries
                     from grade in collection.Qrels.Grades(query.Id)
                     where grade.Value > 0
                         && !string.IsNullOrWhiteSpace(query.Text)
                         && !string.IsNullOrWhiteSpace(_documents[grade.Key].Contents)
                     select (query, grade.Key)];
        if (negativesEach > 0)
        {
            MineNegatives(collection);
        }
    }

    /// <inheritdoc/>
    public int Count => _pairs.Count;

    /// <inheritdoc/>
    public TrainingPair Draw(int index, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var (query, document) = _pairs[index];
        string[] pool = _negativesEach == 0 ? [] : [.. _negatives[query.Id]];
        random.Shuffle(pool);
        return new TrainingPair(query.Text, _documents[document].Contents,
            [.. pool.Take(_negativesEach).Select(id => _documents[id].Contents)]);
    }

    private void MineNegatives(BeirCollection collection)
    {
        using var index = new Bm25Index(collection.Corpus.Select(document => (document.Id, document.Contents)));
        foreach (var query in collection.Queries)
        {
            var grades = collection.Qrels.Grades(query.Id);
            _negatives[query.Id] = [.. index.Search(query.Text, NegativePool + grades.Count)
                .Select(hit => hit.DocumentId).Where(id => !grades.ContainsKey(id)).Take(NegativePool)];
        }
    }
}
