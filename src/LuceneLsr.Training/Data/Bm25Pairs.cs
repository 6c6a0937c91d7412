using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Pairs with BM25's best wrong answers as their negatives: documents that look as if they answered the query.
/// </summary>
internal sealed class Bm25Pairs : IPairSource, IDisposable
{
    private readonly ICorpusPairs _pairs;
    private readonly Dictionary<string, string> _texts;
    private readonly Bm25Index _index;

    /// <summary>Indexes the pairs' documents.</summary>
    public Bm25Pairs(ICorpusPairs pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        _pairs = pairs;
        _texts = pairs.Documents.ToDictionary(
            document => document.Id, document => document.Text, StringComparer.Ordinal);
        _index = new Bm25Index(_texts.Select(document => (document.Key, document.Value)));
    }

    /// <inheritdoc/>
    public int Count => _pairs.Count;

    /// <inheritdoc/>
    public TrainingPair Draw(int index, Random random)
    {
        var pair = _pairs.Draw(index, random);
        return pair with
        {
            Negatives = [.. _index.Search(pair.Query, RecipeSource.MaxMinedNegatives + pair.RelevantIds.Count)
                .Select(hit => hit.DocumentId)
                .Where(id => !pair.RelevantIds.Contains(id))
                .Take(RecipeSource.MaxMinedNegatives)
                .Select(id => _texts[id])],
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _index.Dispose();
}
