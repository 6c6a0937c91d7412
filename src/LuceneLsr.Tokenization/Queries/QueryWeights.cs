using System.Globalization;
using LuceneLsr.Tokenization.Terms;

namespace LuceneLsr.Tokenization.Queries;

/// <summary>
/// A weight a term for queries, the same in every query: learned (Li-LSR, arXiv 2505.01452) or counted. Immutable.
/// </summary>
public sealed class QueryWeights
{
    /// <summary>
    /// The file in a checkpoint directory: a line a term, the term, a tab, the weight. OpenSearch's
    /// <c>query_token_weights.txt</c> has the same form by token.
    /// </summary>
    public const string FileName = "query_weights.txt";

    private readonly Dictionary<string, float> _weights;

    /// <summary>Creates a table; a term that is not in it has no weight.</summary>
    /// <exception cref="ArgumentException">
    /// A weight is negative or not finite, or a term is empty or stands twice.
    /// </exception>
    public QueryWeights(IEnumerable<TermWeight> weights) =>
        _weights = new SparseVector(weights).Entries
            .ToDictionary(entry => entry.Term, entry => entry.Weight, StringComparer.Ordinal);

    /// <summary>A term's weight; 0 where it has none.</summary>
    public float this[string term] => _weights.GetValueOrDefault(term);

    /// <summary>Reads a checkpoint directory's table.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="terms">The checkpoint's terms; the table has no others.</param>
    /// <exception cref="CheckpointException">
    /// The file is missing, or a line is damaged; the message names the line.
    /// </exception>
    public static QueryWeights Load(string directory, TermVocabulary terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            throw new CheckpointException(
                path, "missing. Without learned weights, take IDF from the index, or encode queries with the model.");
        }

        var known = terms.GetDistinctTerms().ToHashSet(StringComparer.Ordinal);
        var weights = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var (index, line) in File.ReadLines(path).Index())
        {
            var (term, weight) = Parse(line) ?? throw Damage("is not a term, a tab and a weight of 0 or more.");
            if (!known.Contains(term))
            {
                throw Damage($"'{term}' is no term of this checkpoint; take the table that was made for it.");
            }

            if (!weights.TryAdd(term, weight))
            {
                throw Damage($"'{term}' stands a second time; keep one of its weights.");
            }

            CheckpointException Damage(string problem) => new($"{path}, line {index + 1}", problem);
        }

        return new QueryWeights(weights.Select(entry => new TermWeight(entry.Key, entry.Value)));
    }

    /// <summary>Writes the table into a checkpoint directory, the largest weights first.</summary>
    public void Save(string directory) => File.WriteAllText(
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
