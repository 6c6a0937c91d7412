namespace LuceneLsr.Evaluation.Collections;

/// <summary>A relevance judgment.</summary>
/// <param name="QueryId">The id of the query.</param>
/// <param name="DocumentId">The id of the document.</param>
/// <param name="Grade">The relevance grade; 0 or less means not relevant.</param>
public readonly record struct Judgment(string QueryId, string DocumentId, int Grade);

/// <summary>Relevance judgments ("qrels"). A document without a judgment counts as not relevant.</summary>
public sealed class Qrels
{
    private readonly Dictionary<string, Dictionary<string, int>> _grades = new(StringComparer.Ordinal);

    /// <summary>Groups judgments by query.</summary>
    /// <exception cref="ArgumentException">There is no judgment, or a duplicate one.</exception>
    public Qrels(IEnumerable<Judgment> judgments)
    {
        ArgumentNullException.ThrowIfNull(judgments);
        foreach (var (queryId, documentId, grade) in judgments)
        {
            if (!GetOrAddGrades(queryId).TryAdd(documentId, grade))
            {
                throw new ArgumentException(
                    $"Duplicate judgment of document '{documentId}' for query '{queryId}'.", nameof(judgments));
            }
        }

        if (_grades.Count == 0)
        {
            throw new ArgumentException("No judgments. At least one is needed to evaluate a run.", nameof(judgments));
        }
    }

    /// <summary>Gets the ids of the judged queries; at least one.</summary>
    public IReadOnlyCollection<string> QueryIds => _grades.Keys;

    /// <summary>Gets the grades of a query by document id.</summary>
    /// <exception cref="KeyNotFoundException">The query has no judgment.</exception>
    public IReadOnlyDictionary<string, int> GetGrades(string queryId) => _grades[queryId];

    private Dictionary<string, int> GetOrAddGrades(string queryId)
    {
        if (!_grades.TryGetValue(queryId, out var grades))
        {
            grades = new Dictionary<string, int>(StringComparer.Ordinal);
            _grades.Add(queryId, grades);
        }

        return grades;
    }
}
