namespace LuceneLsr.Tokenization.Terms;

/// <summary>
/// The weight that each term gains in texts that contain it, whatever the model makes of them. With the square root of
/// IDF as the weight, and BM25's factor of a document's term frequency, the product of a query and a document counts
/// their common words as BM25 does.
/// </summary>
internal sealed class LexicalWeights
{
    /// <summary>
    /// The file name in a checkpoint directory. Each line holds a term, a tab and a weight. Terms that the file lacks
    /// have weight 0.
    /// </summary>
    public const string FileName = "lexical_weights.txt";

    private readonly IReadOnlyDictionary<string, float> _weights;

    /// <summary>Creates the weights.</summary>
    /// <param name="weights">The weight of each term, finite and not negative.</param>
    public LexicalWeights(IReadOnlyDictionary<string, float> weights) => _weights = weights;

    /// <summary>Gets the weight of a term.</summary>
    public float this[string term] => _weights.GetValueOrDefault(term);

    /// <summary>Loads the weights of a checkpoint directory, or returns null if it has none.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="terms">The terms of the checkpoint.</param>
    /// <exception cref="CheckpointException">
    /// The file is empty, or a line is malformed or names an unknown term.
    /// </exception>
    public static LexicalWeights? TryLoad(string directory, TermVocabulary terms)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        var weights = TermWeightFile.Read(path, terms);
        return weights.Count > 0
            ? new(weights)
            : throw new CheckpointException(path, "the file is empty. Restore it, or delete it to do without weights.");
    }

    /// <summary>Saves the weights in a checkpoint directory.</summary>
    public void Save(string directory) => TermWeightFile.Write(Path.Combine(directory, FileName), _weights);
}
