using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Draws the batches of one source. With <see cref="ContrastiveRecipe.SimilarBatches"/> above 1, the pairs of several
/// batches are drawn together, as a pool, and grouped by similarity.
/// </summary>
/// <param name="recipe">The recipe.</param>
/// <param name="index">The index of the source in the recipe.</param>
/// <param name="source">The source.</param>
internal sealed class SourceBatches(ContrastiveRecipe recipe, int index, IPairSource source)
{
    private const int MaxDrawsPerPair = 4;
    private const int PoolStream = -2; // the sampler and the epochs have other streams

    private readonly ShuffledEpochs _epochs = new(source.Count, recipe.Seed, index);
    private List<List<TrainingPair>> _pool = [];
    private long _poolStart; // draws before the pool
    private int _used;       // batches of the pool

    /// <summary>
    /// Gets or sets the number of draws before the current pool, and the number of the pool's batches that have been
    /// returned: 0 without pools.
    /// </summary>
    public (long Drawn, int Used) Position
    {
        get => _pool.Count == 0 ? (_epochs.Drawn, 0) : (_poolStart, _used);
        set
        {
            (_epochs.Drawn, _pool, _used) = (value.Drawn, [], 0);
            if (value.Used > 0)
            {
                DrawPool();
                _used = value.Used;
            }
        }
    }

    /// <summary>
    /// Draws the next batch. It is smaller than the recipe's batch size if too many pairs share a query or a document.
    /// </summary>
    /// <param name="random">Makes random choices; a pool makes its own.</param>
    public List<TrainingPair> Next(Random random)
    {
        if (recipe.SimilarBatches == 1)
        {
            return [.. Draw(recipe.BatchSize, random).Select(drawn => drawn.Pair)];
        }

        if (_used >= _pool.Count)
        {
            DrawPool();
        }

        return _pool[_used++];
    }

    private void DrawPool()
    {
        (_poolStart, _used) = (_epochs.Drawn, 0);
        var random = Seeds.CreateRandom(recipe.Seed, PoolStream, index, _poolStart);
        var drawn = Draw(Math.Min(recipe.SimilarBatches * recipe.BatchSize, source.Count), random)
            .DistinctBy(pair => pair.Index); // the next epoch may have begun, and a passage resembles itself most
        _pool = SimilarPairs.Group([.. drawn.Select(pair => pair.Pair)], recipe.BatchSize);
    }

    private List<(int Index, TrainingPair Pair)> Draw(int count, Random random)
    {
        var pairs = new List<(int Index, TrainingPair Pair)>();
        var queries = new HashSet<string>(StringComparer.Ordinal);
        var documents = new HashSet<string>(StringComparer.Ordinal);
        for (var draws = 0; pairs.Count < count && draws < MaxDrawsPerPair * count; draws++)
        {
            var number = _epochs.Next();
            var pair = source.Draw(number, random);
            // With a repeated query or document, a relevant document would serve as a negative.
            if (queries.Add(pair.Query) & documents.Add(pair.Document))
            {
                pairs.Add((number, pair.DrawNegatives(recipe.Sources[index].Negatives, random)));
            }
        }

        return pairs;
    }
}
