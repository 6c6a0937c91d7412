using LuceneLsr.Orleans.Messages;

namespace LuceneLsr.Orleans.Tests.Support;

/// <summary>All documents in memory, scored one by one: what a cluster must agree with.</summary>
internal sealed class ReferenceIndex
{
    private readonly Dictionary<string, ClusterDocument> _documents = new(StringComparer.Ordinal);

    public int Count => _documents.Count;

    public void Put(IEnumerable<ClusterDocument> documents)
    {
        foreach (var document in documents)
        {
            _documents[document.Id] = document;
        }
    }

    public void Delete(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            _documents.Remove(id);
        }
    }

    /// <summary>Checks the hits of a cluster: documents, scores, order, number of matches and stored fields.</summary>
    public void AssertEqual(ClusterQuery query, ClusterResult result)
    {
        var weights = query.Terms.ToDictionary(term => term.Term, term => (long)term.Impact);
        var matches = _documents.Values.Where(document => query.Filters.All(filter => Accepts(filter, document)))
            .Select(document => (Document: document, Score: (float)Score(document, weights)))
            .Where(match => match.Score > 0)
            .OrderByDescending(match => match.Score).ThenBy(match => match.Document.Id, StringComparer.Ordinal)
            .ToList();
        Assert.Equal(
            matches.Take(query.Top).Select(match => (match.Document.Id, match.Score)),
            result.Hits.Select(hit => (hit.Id, hit.Score)));
        Assert.Equal(matches.Count, result.TotalHits);
        Assert.Empty(result.MissingShards);
        Assert.All(matches.Take(query.Top).Zip(result.Hits), pair => Assert.Equal(
            pair.First.Document.Fields, pair.Second.Fields));
    }

    private static bool Accepts(TermFilter filter, ClusterDocument document) => document.Fields.Any(
        field => field.IsFilterable && field.Name == filter.Field && filter.Values.Contains(field.Value));

    private static long Score(ClusterDocument document, Dictionary<string, long> weights) =>
        document.Impacts.Sum(impact => weights.GetValueOrDefault(impact.Term) * impact.Impact);
}
