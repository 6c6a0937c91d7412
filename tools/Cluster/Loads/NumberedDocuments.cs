using System.Globalization;
using LuceneLsr.Orleans.Messages;

namespace LuceneLsr.Tools.Cluster.Loads;

/// <summary>
/// Documents and queries that are generated from their numbers, so that a check needs no copy of them. Terms follow
/// Zipf's law. Impacts are small integers, so that scores tie now and then.
/// </summary>
/// <param name="terms">The number of terms of a document.</param>
internal sealed class NumberedDocuments(int terms)
{
    private const int Vocabulary = 20_000;
    private const int MaxImpact = 255;
    private const int TermsPerQuery = 16;
    private const int QuerySeed = 1 << 30; // queries are not like documents

    /// <summary>Returns the id of a document.</summary>
    public static string GetId(int number) => $"d{number}";

    /// <summary>Returns the number of an id.</summary>
    public static int GetNumber(string id) => int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture);

    /// <summary>Creates a document.</summary>
    public ClusterDocument Create(int number) => new(GetId(number), CreateVector(number));

    /// <summary>Creates the vector of a document.</summary>
    public TermImpact[] CreateVector(int number) => Draw(new Random(number), terms);

    /// <summary>Creates the terms of a query.</summary>
    public static TermImpact[] CreateQuery(int number) => Draw(new Random(QuerySeed + number), TermsPerQuery);

    /// <summary>Computes the score of a document.</summary>
    public float Score(TermImpact[] query, int number)
    {
        var weights = query.ToDictionary(term => term.Term, term => (long)term.Impact);
        return CreateVector(number).Sum(term => weights.GetValueOrDefault(term.Term) * term.Impact);
    }

    private static TermImpact[] Draw(Random random, int count)
    {
        var drawn = new Dictionary<string, int>(StringComparer.Ordinal);
        while (drawn.Count < count)
        {
            // The rank of a term is log-uniform, which is Zipf's law.
            var term = (int)Math.Exp(random.NextDouble() * Math.Log(Vocabulary));
            drawn.TryAdd($"t{term}", random.Next(1, MaxImpact + 1));
        }

        return [.. drawn.Select(term => new TermImpact(term.Key, term.Value))];
    }
}
