using System.Text.Json;
using System.Text.Json.Nodes;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Draws batches, each from one source, sources by their shares, pairs in shuffled rounds. A seed fixes it all.
/// </summary>
public sealed class BatchSampler : IDisposable
{
    private readonly ContrastiveRecipe _recipe;
    private readonly IPairSource[] _sources;
    private readonly ShuffledRounds[] _rounds;
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
                    $"Source '{source.Name}' has {opened.Count} pairs, fewer than batch_size {recipe.BatchSize}.");
            }
        }

        _rounds = [.. _sources.Select((source, index) => new ShuffledRounds(source.Count, recipe.Seed, index))];
    }

    /// <summary>How far the data were read: set on a new sampler of the same recipe, it goes on from there.</summary>
    /// <exception cref="InvalidDataException">A source has more or fewer pairs than it had then.</exception>
    public JsonNode Position
    {
        get => JsonSerializer.SerializeToNode(new SamplerPosition(
            _batches, [.. _rounds.Select(round => round.Drawn)], [.. _sources.Select(source => source.Count)]))!;
        set
        {
            var position = value.Deserialize<SamplerPosition>()!;
            RequireCounts(position.Counts);
            _batches = position.Batches;
            foreach (var (round, drawn) in _rounds.Zip(position.Drawn))
            {
                round.Drawn = drawn;
            }
        }
    }

    /// <summary>Draws the next batch.</summary>
    public TrainingBatch Next()
    {
        var random = Seeds.RandomAt(_recipe.Seed, -1, _batches++);
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

        return new TrainingBatch(_recipe.Sources[source].Name, pairs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var source in _sources.OfType<IDisposable>())
        {
            source.Dispose();
        }
    }

    private void RequireCounts(int[] counts)
    {
        foreach (var (index, (source, count)) in _sources.Zip(counts).Index())
        {
            if (source.Count != count)
            {
                throw new InvalidDataException(
                    $"Source '{_recipe.Sources[index].Name}' has {source.Count} pairs, but had {count} when the run "
                    + "began: other batches would follow. Put its data back as they were, or start anew.");
            }
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

    private sealed record SamplerPosition(long Batches, long[] Drawn, int[] Counts);
}
