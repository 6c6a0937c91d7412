using System.Diagnostics;
using System.Text.Json.Serialization;
using LuceneLsr.Files;

namespace LuceneLsr.Training.Recipes;

/// <summary>A source of training pairs.</summary>
/// <param name="Path">The directory or file, relative to the data directory.</param>
/// <param name="Kind">The way to make pairs.</param>
/// <param name="Share">The share of batches from this source, relative to the shares of the other sources.</param>
/// <param name="Negatives">
/// The maximum number of hard negatives per pair, redrawn each time a pair is used. They come with the pairs or
/// triples, or are the documents that a teacher scored; otherwise BM25 mines them among the documents of the source.
/// </param>
/// <param name="Scores">
/// The file of a teacher's scores for judged pairs, relative to the data directory, or null without a teacher.
/// </param>
public sealed record RecipeSource(
    string Path, PairKind Kind, double Share, int Negatives = 0, string? Scores = null)
{
    /// <summary>The maximum number of negatives that BM25 mines per pair.</summary>
    internal const int MaxMinedNegatives = 10;

    /// <summary>Gets the name of the source in logs and messages: path and kind.</summary>
    [JsonIgnore]
    public string Name => $"{Path}/{Kind.ToString().ToLowerInvariant()}";

    internal bool MayHaveTeacher => Negatives > 0 && (Kind == PairKind.Pairs || Scores is not null);

    private bool HasOwnNegatives => Kind switch
    {
        PairKind.Pairs or PairKind.Triples => true,
        PairKind.Judged or PairKind.Titles or PairKind.Sentences => Scores is not null,
        _ => throw new UnreachableException($"Unknown pair kind {Kind}."),
    };

    internal void Validate(string field)
    {
        Require.Data(!string.IsNullOrWhiteSpace(Path), $"{field}.path must be a directory or file");
        Require.Data(Scores is null || !string.IsNullOrWhiteSpace(Scores), $"{field}.scores must be a file");
        RecipeRules.RequirePositive(Share, $"{field}.share");
        RecipeRules.RequireNotNegative(Negatives, $"{field}.negatives");
        Require.Data(Negatives <= MaxMinedNegatives || HasOwnNegatives,
            $"{field}.negatives must be at most {MaxMinedNegatives}, because BM25 mines them");
        Require.Data(Scores is null || (Kind == PairKind.Judged && Negatives > 0),
            $"{field}.scores needs kind judged and negatives above 0");
    }
}
