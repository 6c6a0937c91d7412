using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Adds hard negatives to pairs: the documents that BM25 ranks highest for the query among those that are not relevant.
/// </summary>
internal sealed class Bm25Pairs : IPairSource, IDisposable
{
    private readonly ICorpusPairs _pairs;
    private readonly Dictionary<string, string> _texts;
    private readonly Bm25Index _index;

    /// <summary>Indexes the documents of the pairs.</summary>
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

    /// <summary>
    /// Draws a pair with up to <see cref="RecipeSource.MaxMinedNegatives"/> negatives, each of which shares a word with
    /// the query.
    /// </summary>
    /// <inheritdoc/>
    public TrainingPair Draw(int index, Random random)
    {
        var pair = _pairs.Draw(index, random);
        return pair with
        {
            Negatives = [.. _index.Search(pair.Query, RecipeSource.MaxMinedNegatives + pair.RelevantIds.Count)
                .Select(hit => hit.DocumentId).Where(id => !pair.RelevantIds.Contains(id))
                .Take(RecipeSource.MaxMinedNegatives).Select(id => _texts[id])],
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _index.Dispose();
}
