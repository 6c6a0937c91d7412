using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Search;

namespace LuceneLsr.Tools.Soak.Indexes;

/// <summary>Checks that an index holds exactly the <see cref="NumberedDocuments"/> of its last commit.</summary>
internal static class NumberedIndexCheck
{
    private const int Queries = 5;

    /// <summary>Checks an index.</summary>
    /// <param name="folder">The index.</param>
    /// <param name="minCount">The number of documents that it must have at least, deleted ones included.</param>
    /// <param name="minUpgraded">The number of documents that must have the second field, deleted ones included.</param>
    /// <param name="random">Chooses the queries.</param>
    /// <returns>The number of documents, without deleted ones.</returns>
    /// <exception cref="InvalidOperationException">A document is missing, wrong or one too many.</exception>
    public static int Run(string folder, int minCount, int minUpgraded, Random random)
    {
        ImpactPostingsFormat.Register();
        using var directory = FSDirectory.Open(folder);
        if (!DirectoryReader.IndexExists(directory))
        {
            Require(minCount == 0, $"the index is gone, which had {minCount} documents");
            return 0;
        }

        Require(new CheckIndex(directory).DoCheckIndex().Clean, "CheckIndex finds faults");
        using var reader = DirectoryReader.Open(directory);
        var count = NumberedIndexWriter.GetCount(reader.IndexCommit.UserData);
        Require(count >= minCount, $"the commit has {count} documents, but one of {minCount} was reported");
        var numbers = Enumerable.Range(0, count).Where(number => !NumberedDocuments.IsDeleted(number)).ToList();
        CheckIds(reader, numbers);
        if (numbers.Count > 0)
        {
            CheckScores(reader, NumberedDocuments.Body, numbers, random);
            var upgraded = FindUpgraded(reader);
            Require(
                numbers.Where(number => number < minUpgraded).All(upgraded.Contains),
                $"some of {minUpgraded} documents do not have the second field");
            CheckScores(reader, NumberedDocuments.NextBody, numbers.FindAll(upgraded.Contains), random);
        }

        return numbers.Count;
    }

    private static HashSet<int> FindUpgraded(DirectoryReader reader) =>
        [.. Search(reader, NumberedDocuments.NextBody, NumberedDocuments.CreateQueryOfAllTerms()).Keys
            .Select(NumberedDocuments.GetNumber)];

    private static void CheckIds(DirectoryReader reader, List<int> numbers)
    {
        var live = MultiFields.GetLiveDocs(reader);
        var ids = Enumerable.Range(0, reader.MaxDoc).Where(document => live?.Get(document) != false)
            .Select(document => reader.Document(document).Get(NumberedDocuments.Id)).ToList();
        var expected = numbers.ConvertAll(NumberedDocuments.GetId);
        Require(
            ids.Count == expected.Count && expected.ToHashSet(StringComparer.Ordinal).SetEquals(ids),
            $"the index has {ids.Count} documents, expected {expected.Count}; "
            + $"missing are {Sample(expected.Except(ids))}, unexpected {Sample(ids.Except(expected))}");
    }

    private static void CheckScores(DirectoryReader reader, string field, List<int> numbers, Random random)
    {
        for (var query = 0; query < Queries; query++)
        {
            CheckScores(reader, field, numbers, NumberedDocuments.CreateQuery(random));
        }
    }

    private static Dictionary<string, float> Search(DirectoryReader reader, string field, TermImpact[] query) =>
        new ImpactSearcher(reader).Search(new ImpactQuery(field, query), reader.MaxDoc).ScoreDocs
            .ToDictionary(hit => reader.Document(hit.Doc).Get(NumberedDocuments.Id), hit => hit.Score);

    private static void CheckScores(DirectoryReader reader, string field, List<int> numbers, TermImpact[] query)
    {
        var hits = Search(reader, field, query);
        foreach (var number in numbers)
        {
            var expected = NumberedDocuments.ComputeScore(number, field, query);
            var actual = hits.GetValueOrDefault(NumberedDocuments.GetId(number));
            Require(actual.Equals(expected), $"document {number} has the score {actual}, expected {expected}");
        }
    }

    private static string Sample(IEnumerable<string> ids) => string.Join(", ", ids.Take(3).DefaultIfEmpty("none"));

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new InvalidOperationException(problem);
        }
    }
}
