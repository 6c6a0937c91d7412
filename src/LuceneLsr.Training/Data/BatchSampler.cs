using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Draws batches, each from one source, sources by their shares, pairs in shuffled rounds. A seed fixes it all.
/// </summary>
public sealed class BatchSampler : IDisposable
{
    private readonly Random _random;
    private readonly RecipeSource[] _settings;
    private readonly IPairSource[] _sources;
    private readonly HardNegatives?[] _negatives;
    private readonly Queue<int>[] _rounds;
    private readonly int _batchSize;

    /// <summary>Opens a recipe's sources.</summary>
    /// <exception cref="InvalidDataException">
    /// A source has too few pairs for a batch, or a file is malformed.
    /// </exception>
    public BatchSampler(Recipe recipe, string dataDirectory)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        _random = new Random(recipe.Seed);
        _batchSize = recipe.BatchSize;
        _settings = [.. recipe.Sources];
        _sources = [.. recipe.Sources.Select(source => Open(source, Path.Combine(dataDirectory, source.Path)))];
        _rounds = [.. _sources.Select(_ => new Queue<int>())];
        foreach (var (source, opened) in recipe.Sources.Zip(_sources))
        {
            if (opened.Count < _batchSize)
            {
                throw new InvalidDataException(
                    $"Source '{source.Path}' ({source.Kind}) has {opened.Count} pairs, "
                    + $"fewer than batch_size {_batchSize}.");
            }
        }

        _negatives = [.. _settings.Zip(_sources, (source, opened) =>
            source.Negatives > 0 ? new HardNegatives(opened.Documents) : null)];
    }

    /// <summary>Draws the next batch.</summary>
    public TrainingBatch Next()
    {
        var source = DrawSource();
        var pairs = new List<TrainingPair>();
        var queries = new HashSet<string>(StringComparer.Ordinal);
        var documents = new HashSet<string>(StringComparer.Ordinal);
        for (var attempt = 0; pairs.Count < _batchSize && attempt < 4 * _batchSize; attempt++)
        {
            var pair = _sources[source].Draw(DrawIndex(source), _random);
            // Either one twice would make an answer a negative.
            if (queries.Add(pair.Query) & documents.Add(pair.Document))
            {
                pairs.Add(pair);
            }
        }

        return new TrainingBatch(source, pairs, [.. pairs.SelectMany(pair => Negatives(source, pair))]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var negatives in _negatives)
        {
            negatives?.Dispose();
        }
    }

    private static IPairSource Open(RecipeSource source, string path) => source.Kind switch
    {
        PairKind.Judged => new JudgedPairs(BeirCollection.Load(path, "train")),
        PairKind.Titles => new TitlePairs(BeirCollection.ReadCorpus(path)),
        PairKind.Sentences when Directory.Exists(path) =>
            new SentencePairs(BeirCollection.ReadCorpus(path).Select(document => document.Text)),
        _ => new SentencePairs(TextFiles.ReadParagraphs(path)),
    };

    private IReadOnlyList<string> Negatives(int source, TrainingPair pair) =>
        _negatives[source]?.Draw(pair, _settings[source].Negatives, _random) ?? [];

    private int DrawSource()
    {
        var point = _random.NextDouble() * _settings.Sum(source => source.Share);
        var source = 0;
        while (source < _settings.Length - 1 && point >= _settings[source].Share)
        {
            point -= _settings[source++].Share;
        }

        return source;
    }

    private int DrawIndex(int source)
    {
        if (_rounds[source].Count == 0)
        {
            var order = Enumerable.Range(0, _sources[source].Count).ToArray();
            _random.Shuffle(order);
            _rounds[source] = new Queue<int>(order);
        }

        return _rounds[source].Dequeue();
    }
}
