using System.Text.Json;
using System.Text.Json.Nodes;
using LuceneLsr.Files;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Draws batches, each from one source, sources by their shares, pairs in shuffled rounds. A seed fixes it all.
/// </summary>
internal sealed class BatchSampler : IDisposable
{
    private readonly ContrastiveRecipe _recipe;
    private readonly IPairSource[] _sources;
    private readonly ShuffledEpochs[] _rounds;
    private long _batches;

    /// <summary>Opens a recipe's sources.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="dataDirectory">What the sources' paths are relative to.</param>
    /// <exception cref="InvalidDataException">
    /// A source has too few pairs for a batch, or a file is malformed.
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
                    + "Lower batch_size, or leave the source out.");
            }
        }

        _rounds = [.. _sources.Select((source, index) => new ShuffledEpochs(source.Count, recipe.Seed, index))];
    }

    /// <summary>How far the data were read: set on a new sampler of the same recipe, it goes on from there.</summary>
    /// <exception cref="InvalidDataException">It is no position.</exception>
    /// <exception cref="InvalidOperationException">The data are others than then.</exception>
    /// <exception cref="JsonException">It is no position.</exception>
    public JsonNode Position
    {
        get => JsonSerializer.SerializeToNode(new SamplerPosition(
            _batches, [.. _rounds.Select(round => round.Drawn)], [.. _sources.Select(source => source.Count)]))!;
        set
        {
            var position = value.Deserialize<SamplerPosition>(PositionJson.Options)!;
            Require(position);
            _batches = position.Batches;
            foreach (var (round, drawn) in _rounds.Zip(position.Drawn))
            {
                round.Drawn = drawn;
            }
        }
    }

    /// <summary>Draws the next batch.</summary>
    /// <exception cref="InvalidDataException">Its pairs are all alike, with nothing to tell apart.</exception>
    public TrainingBatch Next()
    {
        var random = Seeds.CreateRandom(_recipe.Seed, -1, _batches++);
        var source = DrawSource(random);
        var pairs = new List<TrainingPair>();
        var queries = new HashSet<string>(StringComparer.Ordinal);
        var documents = new HashSet<string>(StringComparer.Ordinal);
        for (var attempt = 0; pairs.Count < _recipe.BatchSize && attempt < 4 * _recipe.BatchSize; attempt++)
        {
            var pair = _sources[source].Draw(_rounds[source].Next(), random);
            // Either one twice would make an answer a negative.
            if (queries.Add(pair.Query) & documents.Add(pair.Document))
            {
                pairs.Add(pair.DrawNegatives(_recipe.Sources[source].Negatives, random));
            }
        }

        return pairs is [{ Negatives: [] }]
            ? throw new InvalidDataException($"Source '{_recipe.Sources[source].Name}': pairs share their query or "
                + "their document, so that one has no negative. Give the source negatives, or other pairs.")
            : new TrainingBatch(_recipe.Sources[source].Name, pairs);
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

    private void Require(SamplerPosition position)
    {
        if (position.Batches < 0 || position.Drawn.Length != _sources.Length || position.Drawn.Any(drawn => drawn < 0)
            || position.Counts.Length != _sources.Length)
        {
            throw new InvalidDataException($"{JsonSerializer.Serialize(position)} is no position in the sources.");
        }

        foreach (var (index, then) in position.Counts.Index())
        {
            if (then != _sources[index].Count)
            {
                throw new InvalidOperationException(
                    $"Source '{_recipe.Sources[index].Name}' has {_sources[index].Count} pairs, but had {then} when "
                    + "the run began: other batches would follow. Put its data back as they were, or start anew.");
            }
        }
    }

    // Counts of the sources' pairs tell data that have changed since.
    private sealed record SamplerPosition(long Batches, long[] Drawn, int[] Counts);
}
