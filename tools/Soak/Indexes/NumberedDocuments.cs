using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using LuceneLsr.Documents;

namespace LuceneLsr.Tools.Soak.Indexes;

/// <summary>
/// Documents that follow from their number alone, so that an index can be checked without a copy of what was written.
/// </summary>
internal static class NumberedDocuments
{
    /// <summary>The field of the number.</summary>
    public const string Id = "id";

    /// <summary>The field of the impacts.</summary>
    public const string Body = "body";

    /// <summary>The field of the impacts of another encoder.</summary>
    public const string NextBody = "body.2";

    private const int Terms = 300;
    private const int MinTerms = 5;
    private const int MaxTerms = 40;
    private const int MaxImpact = 255;

    /// <summary>Returns whether the document is deleted before the commit that would contain it.</summary>
    public static bool IsDeleted(int number) => number % 10 == 3;

    /// <summary>Gets the text of the field <see cref="Id"/>.</summary>
    public static string GetId(int number) => $"d{number}";

    /// <summary>Gets the number of a document from its field <see cref="Id"/>.</summary>
    public static int GetNumber(string id) => int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture);

    /// <summary>Creates the field of the number.</summary>
    public static IIndexableField CreateIdField(int number) => new StringField(Id, GetId(number), Field.Store.YES);

    /// <summary>Creates the field of the impacts.</summary>
    public static IIndexableField CreateBodyField(int number) =>
        new ImpactField(Body, CreateVector(number), ImpactScale.Identity);

    /// <summary>Creates the vector of a document in a field. Its weights are the impacts.</summary>
    public static SparseVector CreateVector(int number, string field = Body) =>
        CreateVector(new Random(field == Body ? number : -1 - number), MinTerms, MaxTerms);

    /// <summary>Creates a query that every document matches.</summary>
    public static TermImpact[] CreateQueryOfAllTerms() =>
        [.. Enumerable.Range(0, Terms).Select(term => new TermImpact($"t{term}", 1))];

    /// <summary>Creates a query.</summary>
    public static TermImpact[] CreateQuery(Random random) =>
        [.. CreateVector(random, 1, 8).Entries.Select(entry => new TermImpact(entry.Term, (int)entry.Weight))];

    /// <summary>Computes the score of a document in a field by hand.</summary>
    public static long ComputeScore(int number, string field, IEnumerable<TermImpact> query)
    {
        var weights = CreateVector(number, field).Entries.ToDictionary(
            entry => entry.Term, entry => (long)entry.Weight, StringComparer.Ordinal);
        return query.Sum(term => term.Impact * weights.GetValueOrDefault(term.Term));
    }

    // Low terms are in many documents and high ones in few, as words are.
    private static SparseVector CreateVector(Random random, int minTerms, int maxTerms) => new(
        Enumerable.Range(0, random.Next(minTerms, maxTerms + 1))
            .Select(_ => (int)(Terms * Math.Pow(random.NextDouble(), 2)))
            .Distinct()
            .Select(term => new TermWeight($"t{term}", random.Next(1, MaxImpact + 1))));
}
