namespace LuceneLsr.Evaluation.Collections;

/// <summary>A relevance judgment.</summary>
/// <param name="QueryId">The judged query.</param>
/// <param name="DocumentId">The judged document.</param>
/// <param name="Grade">Above zero: relevant, and the higher the more; all else: judged and not relevant.</param>
public readonly record struct Judgment(string QueryId, string DocumentId, int Grade);

/// <summary>Query relevance judgments ("qrels"). A pair without a judgment counts as not relevant.</summary>
public sealed class Qrels
{
    private readonly Dictionary<string, Dictionary<string, int>> _grades = new(StringComparer.Ordinal);

    /// <summary>Gathers judgments by query.</summary>
    /// <exception cref="ArgumentException">There is no judgment, or a pair is judged twice.</exception>
    public Qrels(IEnumerable<Judgment> judgments)
    {
        ArgumentNullException.ThrowIfNull(judgments);
        foreach (var (queryId, documentId, grade) in judgments)
        {
            if (!GradesToFill(queryId).TryAdd(documentId, grade))
            {
                throw new ArgumentException(
                    $"Document '{documentId}' is judged twice for query '{queryId}'.", nameof(judgments));
            }
        }

        if (_grades.Count == 0)
        {
            throw new ArgumentException("There is no judgment: nothing could be evaluated.", nameof(judgments));
        }
    }

    /// <summary>The judged queries, at least one.</summary>
    public IReadOnlyCollection<string> QueryIds => _grades.Keys;

    /// <summary>The grade of each document judged for a query.</summary>
    /// <exception cref="KeyNotFoundException">The query is not judged.</exception>
    public IReadOnlyDictionary<string, int> Grades(string queryId) => _grades[queryId];

    private Dictionary<string, int> GradesToFill(string queryId)
    {
        if (!_grades.TryGetValue(queryId, out var grades))
        {
            grades = new Dictionary<string, int>(StringComparer.Ordinal);
            _grades.Add(queryId, grades);
        }

        return grades;
    }
}
