using LuceneLsr.Tokenization.Layouts;
using LuceneLsr.Tokenization.Terms;

namespace LuceneLsr.Tokenization.Queries;

/// <summary>
/// A table with one weight per term, the same in every query. Weights are learned (Li-LSR, arXiv 2505.01452) or
/// counted, such as IDF. Immutable.
/// </summary>
public sealed class QueryWeights
{
    /// <summary>
    /// The file name in a checkpoint directory. Each line holds a term, a tab and a weight. The tables of public models
    /// have other names.
    /// </summary>
    public const string FileName = "query_weights.txt";

    private readonly Dictionary<string, float> _weights;

    /// <summary>Creates a table. Terms that are not in it have weight 0.</summary>
    /// <exception cref="ArgumentException">
    /// A weight is negative or not finite, or a term is empty or a duplicate.
    /// </exception>
    public QueryWeights(IEnumerable<TermWeight> weights) =>
        _weights = new SparseVector(weights).Entries
            .ToDictionary(entry => entry.Term, entry => entry.Weight, StringComparer.Ordinal);

    /// <summary>Gets the weight of a term, or 0 if the table does not contain it.</summary>
    public float this[string term] => _weights.GetValueOrDefault(term);

    /// <summary>Loads the table of a checkpoint directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="terms">The terms of the checkpoint.</param>
    /// <exception cref="CheckpointException">
    /// The file is missing, or a line is malformed or names an unknown term. The message names the line.
    /// </exception>
    public static QueryWeights Load(string directory, TermVocabulary terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var path = Path.Combine(directory, FileName);
        CheckpointFile.RequireExists(
            path, "Without learned weights, use IDF weights from the index, or encode queries with the model.");
        return new QueryWeights(TermWeightFile.Read(path, terms)
            .Select(entry => new TermWeight(entry.Key, entry.Value)));
    }

    /// <summary>Loads the table of a public model, whose tokens are terms.</summary>
    /// <exception cref="CheckpointException">The file is malformed or names an unknown token.</exception>
    internal static QueryWeights Load(QueryTable table, TermSpace space) => new(
        from entry in table.Read(space.Tokenizer)
        where space.Terms[entry.Key] is not null // not a special token
        select new TermWeight(space.Terms[entry.Key]!, entry.Value));

    /// <summary>Saves the table in a checkpoint directory, by descending weight.</summary>
    public void Save(string directory) => TermWeightFile.Write(Path.Combine(directory, FileName), _weights);
}
