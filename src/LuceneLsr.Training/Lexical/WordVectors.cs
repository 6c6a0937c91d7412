using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Lexical;

/// <summary>
/// Pretrained word vectors: words.txt, one word a line, and vectors.f16, as many half floats a word as fit.
/// </summary>
public sealed class WordVectors
{
    private const int LeadingComponents = 3;

    private WordVectors(IReadOnlyList<string> words, Tensor vectors)
    {
        Words = words;
        Vectors = vectors;
        Rows = words.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
    }

    /// <summary>The words, most frequent first.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The row of each word.</summary>
    public IReadOnlyDictionary<string, int> Rows { get; }

    /// <summary>Unit vectors, [words, dimension].</summary>
    public Tensor Vectors { get; }

    /// <summary>
    /// Loads a directory; the mean and the three leading principal components, which carry frequency rather than
    /// meaning, are removed (Mu and Viswanath, "All-but-the-top", ICLR 2018), then every vector gets unit length.
    /// </summary>
    /// <exception cref="InvalidDataException">The two files do not fit together, or one of them is damaged.</exception>
    public static WordVectors Load(string directory)
    {
        string wordsPath = Path.Combine(directory, "words.txt"), vectorsPath = Path.Combine(directory, "vectors.f16");
        var words = File.ReadAllLines(wordsPath);
        var bytes = File.ReadAllBytes(vectorsPath);
        if (words.Length == 0 || bytes.Length % (words.Length * 2) != 0
            || bytes.Length / 2 / words.Length <= LeadingComponents)
        {
            throw new InvalidDataException(
                $"{vectorsPath} has {bytes.Length} bytes, which is no whole number of half floats, more than "
                + $"{LeadingComponents}, for each of the {words.Length} words of {wordsPath}.");
        }

        if (words.CountBy(word => word).FirstOrDefault(count => count.Value > 1) is { Key: { } repeated })
        {
            throw new InvalidDataException($"{wordsPath}: word '{repeated}' stands twice; a word has one vector.");
        }

        using var halves = empty([words.Length, bytes.Length / 2 / words.Length], ScalarType.Float16);
        bytes.CopyTo(halves.bytes);
        return new WordVectors(words, Prepare(halves, vectorsPath));
    }

    private static Tensor Prepare(Tensor halves, string path)
    {
        using var scope = NewDisposeScope();
        var raw = halves.to(ScalarType.Float32);
        if (!raw.isfinite().all().item<bool>())
        {
            throw new InvalidDataException($"{path}: a value is infinite or no number.");
        }

        var centred = raw - raw.mean([0], keepdim: true);
        var (_, directions) = linalg.eigh(centred.t().matmul(centred)); // eigenvalues ascend
        var leading = directions.narrow(1, directions.shape[1] - LeadingComponents, LeadingComponents);
        var cleaned = centred - centred.matmul(leading).matmul(leading.t());
        return nn.functional.normalize(cleaned, p: 2, dim: 1).MoveToOuterDisposeScope();
    }
}
