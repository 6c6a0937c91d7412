using System.Globalization;
using LuceneLsr.Files;
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
        var known = terms.GetDistinctTerms().ToHashSet(StringComparer.Ordinal);
        var weights = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var (index, line) in CheckpointFile.ReadLines(path).Index())
        {
            var (term, weight) = Parse(line) ?? throw CreateError("expected a term, a tab and a weight of at least 0.");
            if (!known.Contains(term))
            {
                throw CreateError($"'{term}' is not a term of this checkpoint. Use the table made for it.");
            }

            if (!weights.TryAdd(term, weight))
            {
                throw CreateError($"duplicate term '{term}'. Terms must be unique.");
            }

            CheckpointException CreateError(string problem) => new($"{path}, line {index + 1}", problem);
        }

        return new QueryWeights(weights.Select(entry => new TermWeight(entry.Key, entry.Value)));
    }

    /// <summary>Loads the table of a public model, whose tokens are terms.</summary>
    /// <exception cref="CheckpointException">The file is malformed or names an unknown token.</exception>
    internal static QueryWeights Load(QueryTable table, TermSpace space) => new(
        from entry in table.Read(space.Tokenizer)
        where space.Terms[entry.Key] is not null // not a special token
        select new TermWeight(space.Terms[entry.Key]!, entry.Value));

    /// <summary>Saves the table in a checkpoint directory, by descending weight.</summary>
    public void Save(string directory) => AtomicFile.WriteText(
        Path.Combine(directory, FileName),
        string.Concat(_weights.Select(
            entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key}\t{entry.Value}\n"))));

    private static TermWeight? Parse(string line) =>
        line.LastIndexOf('\t') is > 0 and var tab
        && float.TryParse(line.AsSpan(tab + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var weight)
        && weight is >= 0 and < float.PositiveInfinity
            ? new(line[..tab], weight)
            : null;
}
