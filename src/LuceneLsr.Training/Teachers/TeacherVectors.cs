using LuceneLsr.Training.Recipes;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Teachers;

/// <summary>
/// The vectors of a sentence encoder for the texts of training batches: all files of a directory, in memory in F16.
/// </summary>
internal sealed class TeacherVectors
{
    private const int MaxQuotedLength = 60;

    private readonly List<VectorsPart> _parts = [];
    private readonly Dictionary<UInt128, (int Part, int Row)> _rows = [];
    private readonly string _directory;

    private TeacherVectors(string directory) => _directory = directory;

    /// <summary>Gets the number of texts.</summary>
    public int Count => _rows.Count;

    /// <summary>Gets the settings of the encoder, or null without files.</summary>
    public TeacherSettings? Teacher => _parts.FirstOrDefault()?.Teacher;

    /// <summary>Reads the files of a directory, or none if it does not exist.</summary>
    /// <exception cref="InvalidDataException">
    /// A file is corrupt, or is of another encoder or other settings than the others.
    /// </exception>
    public static TeacherVectors Load(string directory)
    {
        var vectors = new TeacherVectors(directory);
        if (Directory.Exists(directory))
        {
            foreach (var path in Directory.EnumerateFiles(directory, "*" + VectorsPart.Extension)
                .Order(StringComparer.Ordinal))
            {
                vectors.Add(path, VectorsPart.Load(path));
            }
        }

        return vectors;
    }

    /// <summary>Returns whether a text has a vector.</summary>
    public bool Contains(UInt128 key) => _rows.ContainsKey(key);

    /// <summary>Gets the vectors of texts, [texts, dimension], in F32.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="side">Their side.</param>
    /// <param name="recipe">The recipe of the run that needs the vectors, which errors compare.</param>
    /// <exception cref="InvalidDataException">A text has no vector.</exception>
    public Tensor Select(IReadOnlyList<string> texts, TextSide side, ContrastiveRecipe recipe)
    {
        (int Part, int Row)[] places = [.. texts.Select(text =>
            _rows.TryGetValue(TextKey.Compute(text, side), out var place)
                ? place
                : throw CreateError(text, side, recipe))];
        var dimension = _parts[0].Dimension;
        var values = new float[texts.Count, dimension];
        foreach (var (index, (part, row)) in places.Index())
        {
            var vector = _parts[part].Vectors.AsSpan(row * dimension, dimension);
            for (var component = 0; component < dimension; component++)
            {
                values[index, component] = (float)vector[component];
            }
        }

        return tensor(values);
    }

    private void Add(string path, VectorsPart part)
    {
        if (Teacher is not null && (part.Teacher != Teacher || part.Dimension != _parts[0].Dimension))
        {
            throw new InvalidDataException(
                $"{path}: made by {part.Teacher}, but the files before by {Teacher}. Keep the vectors of each encoder, "
                + "and of each way to use it, in a directory of their own.");
        }

        foreach (var (row, key) in part.Keys.Index())
        {
            _rows[key] = (_parts.Count, row);
        }

        _parts.Add(part);
    }

    private InvalidDataException CreateError(string text, TextSide side, ContrastiveRecipe recipe)
    {
        var run = TaughtRun.FromRecipe(recipe);
        var differences = _parts.Select(part => run.Compare(part.Run)).MinBy(fields => fields.Count);
        var cause = differences switch
        {
            null => "it has no vectors at all",
            [] => "the data has changed, or a shard is missing",
            _ => $"its vectors are those of another recipe: {string.Join("; ", differences)}",
        };
        return new InvalidDataException(
            $"{_directory}: has no vector of the {side.ToString().ToLowerInvariant()} "
            + $"'{text[..Math.Min(text.Length, MaxQuotedLength)]}', because {cause}. Run lsr-train teach with the "
            + "recipe of the run, which adds what is missing.");
    }
}
