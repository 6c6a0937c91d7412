using static TorchSharp.torch;

namespace LuceneLsr.Training.Lexical;

/// <summary>
/// Pretrained word vectors, stored as <c>words.txt</c> (one word per line) and <c>vectors.f16</c> (a matrix of 16-bit
/// floats with one row per word).
/// </summary>
public sealed class WordVectors
{
    private const int RemovedComponents = 3;

    private WordVectors(IReadOnlyList<string> words, Tensor vectors)
    {
        Words = words;
        Vectors = vectors;
        Rows = words.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
    }

    /// <summary>Gets the words in file order, most frequent first.</summary>
    internal IReadOnlyList<string> Words { get; }

    /// <summary>Gets the row of each word in <see cref="Vectors"/>.</summary>
    internal IReadOnlyDictionary<string, int> Rows { get; }

    /// <summary>Gets the unit vectors, [words, dimension].</summary>
    internal Tensor Vectors { get; }

    /// <summary>
    /// Loads word vectors from a directory. Removes the mean and the three leading principal components, which carry
    /// frequency rather than meaning (Mu and Viswanath, "All-but-the-top", ICLR 2018), then scales each vector to unit
    /// length.
    /// </summary>
    /// <exception cref="FileNotFoundException">One of the files is missing.</exception>
    /// <exception cref="InvalidDataException">A file is corrupt, or the two files do not match.</exception>
    public static WordVectors Load(string directory)
    {
        string wordsPath = Path.Combine(directory, "words.txt"), vectorsPath = Path.Combine(directory, "vectors.f16");
        var words = File.ReadAllLines(wordsPath);
        var bytes = File.ReadAllBytes(vectorsPath);
        if (words.Length == 0 || bytes.Length % (words.Length * 2) != 0
            || bytes.Length / 2 / words.Length <= RemovedComponents)
        {
            throw new InvalidDataException(
                $"{vectorsPath}: {bytes.Length} bytes do not make a matrix of 16-bit floats with more than "
                + $"{RemovedComponents} columns and one row for each of the {words.Length} words of {wordsPath}. "
                + "Check that both files belong together.");
        }

        if (words.CountBy(word => word).FirstOrDefault(count => count.Value > 1) is { Key: { } repeated })
        {
            throw new InvalidDataException($"{wordsPath}: duplicate word '{repeated}'. Words must be unique.");
        }

        using var halves = empty([words.Length, bytes.Length / 2 / words.Length], ScalarType.Float16);
        bytes.CopyTo(halves.bytes);
        return new WordVectors(words, Normalize(halves, vectorsPath));
    }

    private static Tensor Normalize(Tensor halves, string path)
    {
        using var scope = NewDisposeScope();
        var raw = halves.to(ScalarType.Float32);
        if (!raw.isfinite().all().item<bool>())
        {
            throw new InvalidDataException($"{path}: a value is NaN or infinite. All values must be finite.");
        }

        var centered = raw - raw.mean([0], keepdim: true); // [words, dimension]
        var (_, directions) = linalg.eigh(centered.t().matmul(centered)); // columns in ascending order of eigenvalues
        var leading = directions.narrow(1, directions.shape[1] - RemovedComponents, RemovedComponents);
        var cleaned = centered - centered.matmul(leading).matmul(leading.t());
        return nn.functional.normalize(cleaned, p: 2, dim: 1).MoveToOuterDisposeScope();
    }
}
