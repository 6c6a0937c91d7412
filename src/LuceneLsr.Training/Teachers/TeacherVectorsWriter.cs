using LuceneLsr.Files;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Training.Teachers;

/// <summary>
/// Encodes all texts of a run's batches with a sentence encoder and writes their vectors to a directory, which a recipe
/// names as a teacher. Texts that have a vector there are skipped, so a stopped run resumes, another recipe adds its
/// texts, and several processes may each write one shard.
/// </summary>
public sealed class TeacherVectorsWriter
{
    private const int TextsPerCall = 512;
    private const int TextsPerFile = 4096; // what a killed process loses at most

    private readonly IDenseEncoder _encoder;
    private readonly TeacherSettings _settings;
    private readonly string _directory;
    private readonly Shard _shard;
    private readonly TeacherVectors _existing;
    private readonly List<UInt128> _keys = [];
    private readonly List<Half> _values = [];
    private int _encoded;
    private int _skipped;

    /// <summary>Opens a directory.</summary>
    /// <param name="encoder">The encoder, whose vectors have length 1.</param>
    /// <param name="settings">The settings of the encoder.</param>
    /// <param name="directory">The directory. It is created if it does not exist.</param>
    /// <param name="shard">The part of the distinct texts to encode.</param>
    /// <exception cref="InvalidDataException">
    /// The directory has vectors of another encoder or of other settings, or a corrupt file.
    /// </exception>
    public TeacherVectorsWriter(IDenseEncoder encoder, TeacherSettings settings, string directory, Shard shard)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(shard);
        (_encoder, _settings, _directory, _shard) = (encoder, settings, directory, shard);
        Directory.CreateDirectory(directory);
        _existing = TeacherVectors.Load(directory);
        if (_existing.Teacher is { } other && other != settings)
        {
            throw new InvalidDataException(
                $"{directory}: has vectors of {other}, not of {settings}. Choose another directory.");
        }
    }

    /// <summary>Encodes the texts of a run.</summary>
    /// <param name="recipe">The run's recipe.</param>
    /// <param name="dataDirectory">The directory that the paths of the recipe's sources are relative to.</param>
    /// <param name="onProgress">Called after every few hundred texts.</param>
    /// <param name="cancellationToken">Cancels the encoding; what has been encoded is written.</param>
    /// <returns>The final progress.</returns>
    /// <exception cref="InvalidDataException">A source is malformed, or a vector is not finite.</exception>
    public TeachingProgress Write(
        ContrastiveRecipe recipe, string dataDirectory, Action<TeachingProgress>? onProgress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        (_encoded, _skipped) = (0, 0);
        var run = TaughtRun.FromRecipe(recipe);
        var missing = RunText.ReadDistinct(recipe, dataDirectory)
            .Where((_, index) => _shard.Contains(index)).Where(IsMissing);
        try
        {
            foreach (var texts in missing.Chunk(TextsPerCall))
            {
                Encode(texts, cancellationToken);
                onProgress?.Invoke(new((double)texts[^1].Batch / recipe.Batches, _encoded, _skipped));
                if (_keys.Count >= TextsPerFile)
                {
                    SaveFile(run);
                }
            }
        }
        finally
        {
            SaveFile(run);
        }

        return new TeachingProgress(1, _encoded, _skipped);
    }

    private bool IsMissing(RunText text)
    {
        var isMissing = !_existing.Contains(text.Key);
        _skipped += isMissing ? 0 : 1;
        return isMissing;
    }

    private void Encode(RunText[] texts, CancellationToken cancellationToken)
    {
        foreach (var side in texts.GroupBy(text => text.Side))
        {
            var vectors = _encoder.Encode([.. side.Select(text => text.Text)], side.Key, cancellationToken);
            foreach (var (text, vector) in side.Zip(vectors))
            {
                Add(text, vector);
            }
        }
    }

    private void Add(RunText text, float[] vector)
    {
        Half[] values = [.. vector.Select(value => (Half)value)];
        if (!Array.TrueForAll(values, Half.IsFinite))
        {
            throw new InvalidDataException($"The vector of '{text.Text}' is not finite. Use another encoder.");
        }

        _keys.Add(text.Key);
        _values.AddRange(values);
        _encoded++;
    }

    private void SaveFile(TaughtRun run)
    {
        if (_keys.Count == 0)
        {
            return;
        }

        new VectorsPart(_settings, run, [.. _keys], [.. _values]).Save(FindNewPath());
        _keys.Clear();
        _values.Clear();
    }

    private string FindNewPath() => Enumerable.Range(1, int.MaxValue)
        .Select(number => Path.Combine(
            _directory, $"part-{_shard.Number}-of-{_shard.Count}-{number:D5}{VectorsPart.Extension}"))
        .First(path => !File.Exists(path));
}
