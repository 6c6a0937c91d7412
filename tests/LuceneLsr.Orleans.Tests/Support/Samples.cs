using CsCheck;
using LuceneLsr.Orleans.Messages;

namespace LuceneLsr.Orleans.Tests.Support;

/// <summary>Random documents and queries with so few terms and impacts that many scores tie.</summary>
internal static class Samples
{
    private static readonly string[] Terms = ["a", "b", "c", "d", "e", "f"];
    private static readonly string[] Colors = ["red", "green", "blue"];

    public static Gen<string> Id { get; } = Gen.Int[0, 199].Select(number => $"d{number}");

    public static Gen<ClusterDocument> Document { get; } = Gen.Select(
        Id, Impacts(3), Gen.Int[0, Colors.Length - 1], Gen.Int[0, 9],
        (id, impacts, color, number) => new ClusterDocument(
            id, impacts, new DocumentField("color", Colors[color], IsFilterable: true),
            new DocumentField("number", $"{number}")));

    public static Gen<ClusterQuery> Query { get; } = Gen.Select(
        Impacts(2), Gen.Int[1, 30], Gen.Int[0, 2 * Colors.Length],
        (impacts, top, color) => new ClusterQuery(impacts)
        {
            Top = top,
            Filters = color < Colors.Length ? [new TermFilter("color", Colors[color], "none")] : [],
        });

    /// <summary>Creates a document with a term that has its number as impact.</summary>
    public static ClusterDocument Numbered(int number) =>
        new($"n{number}", [new("numbered", number + 1)], new DocumentField("number", $"{number}"));

    /// <summary>Gets the query that finds all numbered documents.</summary>
    public static ClusterQuery AllNumbered { get; } = new([new("numbered", 1)]) { Top = 100_000 };

    private static Gen<TermImpact[]> Impacts(int max) => Gen.Int[0, max].Array[Terms.Length].Select(
        impacts => impacts.Index().Where(term => term.Item > 0)
            .Select(term => new TermImpact(Terms[term.Index], term.Item)).ToArray());
}
