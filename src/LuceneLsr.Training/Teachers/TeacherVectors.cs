using static TorchSharp.torch;

namespace LuceneLsr.Training.Teachers;

/// <summary>
/// The vectors of a dense sentence encoder for the texts of training batches, from all files of a directory. They are
/// held in memory in F16.
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

    /// <summary>Gets the header that all files share.</summary>
    public VectorsHeader Header => _parts[0].Header;

    /// <summary>Reads the files of a directory.</summary>
    /// <exception cref="InvalidDataException">
    /// There are no files, or one is corrupt or of another encoder or other settings than the others.
    /// </exception>
    public static TeacherVectors Load(string directory)
    {
        var vectors = new TeacherVectors(directory);
        foreach (var path in EnumerateFiles(directory))
        {
            vectors.Add(path);
        }

        return vectors._parts.Count > 0
            ? vectors
            : throw new InvalidDataException($"{directory}: contains no vectors of a teacher. Compute them first.");
    }

    /// <summary>Gets the files of a directory in order; none if it does not exist.</summary>
    public static IEnumerable<string> EnumerateFiles(string directory) => Directory.Exists(directory)
        ? Directory.EnumerateFiles(directory, "*" + VectorsPart.Extension).Order(StringComparer.Ordinal)
        : [];

    /// <summary>Returns whether a text has a vector.</summary>
    public bool Contains(UInt128 key) => _rows.ContainsKey(key);

    /// <summary>Gets the vectors of texts, [texts, dimension], in F32.</summary>
    /// <exception cref="InvalidDataException">A text has no vector.</exception>
    public Tensor Select(IReadOnlyList<string> texts, TextSide side)
    {
        var dimension = Header.Dimension;
        var values = new float[texts.Count, dimension];
        foreach (var (index, text) in texts.Index())
        {
            var (part, row) = Find(text, side);
            var vector = _parts[part].Vectors.AsSpan(row * dimension, dimension);
            for (var component = 0; component < dimension; component++)
            {
                values[index, component] = (float)vector[component];
            }
        }

        return tensor(values);
    }

    private void Add(string path)
    {
        var part = VectorsPart.Load(path);
        if (_parts.Count > 0 && part.Header != Header)
        {
            throw new InvalidDataException(
                $"{path}: has {part.Header}, but the files before have {Header}. Keep the vectors of each encoder, and "
                + "of each way to use it, in a directory of their own.");
        }

        foreach (var (row, key) in part.Keys.Index())
        {
            _rows[key] = (_parts.Count, row);
        }

        _parts.Add(part);
    }

    private (int Part, int Row) Find(string text, TextSide side) =>
        _rows.TryGetValue(TextKey.Compute(text, side), out var place)
            ? place
            : throw new InvalidDataException(
                $"{_directory}: has no vector of the {side.ToString().ToLowerInvariant()} "
                + $"'{text[..Math.Min(text.Length, MaxQuotedLength)]}'. Compute the vectors of this recipe and its "
                + "data (lsr-train teach).");
}
