using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Judgments, with the texts of queries and the titles of documents where they are known.</summary>
internal sealed class JudgedCollection(
    Qrels qrels, IEnumerable<BeirQuery> queries, IEnumerable<BeirDocument> documents)
{
    private readonly Dictionary<string, string> _texts =
        queries.ToDictionary(query => query.Id, query => query.Text, StringComparer.Ordinal);

    private readonly Dictionary<string, string> _titles = documents.ToDictionary(
        document => document.Id, document => document.Title.Length > 0 ? document.Title : document.Text,
        StringComparer.Ordinal);

    public Qrels Qrels => qrels;

    /// <summary>Gets the grades of a query by document id; none if it is not judged.</summary>
    public IReadOnlyDictionary<string, int> GetGrades(string queryId) =>
        qrels.QueryIds.Contains(queryId) ? qrels.GetGrades(queryId) : new Dictionary<string, int>();

    /// <summary>Gets the text of a query, or the empty string if it is unknown.</summary>
    public string GetText(string queryId) => _texts.GetValueOrDefault(queryId, "");

    /// <summary>Gets the title of a document, or its text if it has none; empty if it is unknown.</summary>
    public string GetTitle(string documentId) => _titles.GetValueOrDefault(documentId, "");
}
