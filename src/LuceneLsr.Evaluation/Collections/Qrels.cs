namespace LuceneLsr.Evaluation.Collections;

/// <summary>Relevance judgments ("qrels"). A document without a judgment counts as not relevant.</summary>
public sealed class Qrels
{
    private readonly Dictionary<string, Dictionary<string, int>> _grades = new(StringComparer.Ordinal);

    /// <summary>Groups judgments by query.</summary>
    /// <exception cref="ArgumentException">There are no judgments, or one is a duplicate.</exception>
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
