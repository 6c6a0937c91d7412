using System.Text.Json;
using System.Text.Json.Nodes;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Draws training batches from the sources of a recipe. Each batch comes from one source, which is drawn by its share.
/// The pairs of a source are reshuffled in each epoch, and may be grouped by similarity. The recipe's seed determines
/// all batches.
/// </summary>
internal sealed class BatchSampler : IDisposable
{
    private const int SourceStream = -1; // the streams from 0 on shuffle the sources

    private readonly ContrastiveRecipe _recipe;
    private readonly IPairSource[] _sources;
    private readonly SourceBatches[] _batchesOfSources;
    private long _batches;

    /// <summary>Opens the sources of a recipe.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="dataDirectory">The directory that the paths of the sources are relative to.</param>
    /// <exception cref="InvalidDataException">
    /// A source has fewer pairs than a batch, or a file is malformed.
    /// </exception>
    public BatchSampler(ContrastiveRecipe recipe, string dataDirectory)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        _recipe = recipe;
        _sources = [.. recipe.Sources.Select(source => PairSources.Open(source, dataDirectory))];
        foreach (var (source, opened) in recipe.Sources.Zip(_sources))
        {
            if (opened.Count < recipe.BatchSize)
            {
                throw new InvalidDataException(
                    $"Source '{source.Name}' has {opened.Count} pairs, fewer than batch_size {recipe.BatchSize}. "
                    + "Lower batch_size, or remove the source.");
            }
        }

        _batchesOfSources = [.. _sources.Select((source, index) => new SourceBatches(recipe, index, source))];
    }

    /// <summary>
    /// Gets or sets the position in the data. A new sampler of the same recipe that is set to the position continues
    /// with the same batches.
    /// </summary>
    /// <exception cref="InvalidDataException">The value is not a valid position.</exception>
    /// <exception cref="InvalidOperationException">The data has changed since the position was taken.</exception>
    /// <exception cref="JsonException">The value is not a valid position.</exception>
    public JsonNode Position
    {
        get => JsonSerializer.SerializeToNode(new SamplerPosition(
            _batches, [.. _batchesOfSources.Select(batches => batches.Position.Drawn)],
            [.. _sources.Select(source => source.Count)],
            [.. _batchesOfSources.Select(batches => batches.Position.Used)]))!;
        set
        {
            var position = PositionJson.Parse<SamplerPosition>(value);
            Validate(position);
            _batches = position.Batches;
            foreach (var (index, batches) in _batchesOfSources.Index())
            {
                batches.Position = (position.Drawn[index], position.Used?[index] ?? 0);
            }
        }
    }

    /// <summary>
    /// Draws the next batch. It is smaller than the recipe's batch size if too many pairs share a query or a document.
    /// </summary>
    /// <exception cref="InvalidDataException">The batch has no negatives.</exception>
    public TrainingBatch Next()
    {
        var random = Seeds.CreateRandom(_recipe.Seed, SourceStream, _batches++);
        var source = DrawSource(random);
        var pairs = _batchesOfSources[source].Next(random);
        return pairs is [{ Negatives: [] }]
            ? throw new InvalidDataException(
                $"Source '{_recipe.Sources[source].Name}': pairs share their query or their document, so a batch has "
                + "only one pair and no negatives. Give the source negatives, or other pairs.")
            : new TrainingBatch(_recipe.Sources[source].Name, pairs);
    }

    /// <summary>
    /// Collects distinct documents of the next batches as a sample of what a run sees. The position does not change.
    /// </summary>
    /// <param name="count">The number of documents; fewer if the run's batches have no more.</param>
    public IReadOnlyCollection<string> SampleDocuments(int count)
    {
        var position = Position;
        var documents = new HashSet<string>(StringComparer.Ordinal);
        for (var batch = 0; batch < _recipe.Batches && documents.Count < count; batch++)
        {
            documents.UnionWith(Next().Documents);
        }

        Position = position;
        return documents;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var source in _sources.OfType<IDisposable>())
        {
            source.Dispose();
        }
    }

    private int DrawSource(Random random)
    {
        var point = random.NextDouble() * _recipe.Sources.Sum(source => source.Share);
        var source = 0;
        while (source < _sources.Length - 1 && point >= _recipe.Sources[source].Share)
        {
            point -= _recipe.Sources[source++].Share;
        }

        return source;
    }

    private void Validate(SamplerPosition position)
    {
        if (position.Batches is < 0 or > PositionJson.MaxCount || position.Drawn.Length != _sources.Length
            || position.Drawn.Any(drawn => drawn is < 0 or > PositionJson.MaxCount)
            || position.Counts.Length != _sources.Length
            || (position.Used is { } used
                && (used.Length != _sources.Length || used.Any(count => count < 0 || count > _recipe.SimilarBatches))))
        {
            throw new InvalidDataException(
                $"{JsonSerializer.Serialize(position)} is not a valid position in the sources of the recipe.");
        }

        foreach (var (index, count) in position.Counts.Index())
        {
            if (count != _sources[index].Count)
            {
                throw new InvalidOperationException(
                    $"Source '{_recipe.Sources[index].Name}' has {_sources[index].Count} pairs, but had {count} when "
                    + "the run started. Restore its data, or start a new run.");
            }
        }
    }

    // The numbers of pairs per source reveal that the data has changed.
    private sealed record SamplerPosition(long Batches, long[] Drawn, int[] Counts, int[]? Used = null);
}
