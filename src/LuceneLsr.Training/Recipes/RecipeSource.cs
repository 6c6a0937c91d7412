using System.Text.Json.Serialization;
using LuceneLsr.Files;

namespace LuceneLsr.Training.Recipes;

/// <summary>How a source makes pairs.</summary>
public enum PairKind
{
    /// <summary>Judged query-document pairs of a BEIR folder.</summary>
    [JsonStringEnumMemberName("judged")]
    Judged,

    /// <summary>Titles and texts of a BEIR folder.</summary>
    [JsonStringEnumMemberName("titles")]
    Titles,

    /// <summary>Sentences and the rest of their paragraph, from a BEIR folder or a JSONL file.</summary>
    [JsonStringEnumMemberName("sentences")]
    Sentences,

    /// <summary>Pairs of a JSONL file, with their own negatives and scores.</summary>
    [JsonStringEnumMemberName("pairs")]
    Pairs,

    /// <summary>
    /// Triples of ids in a folder as of MS MARCO, or of texts in a file of query, positive
    /// and negative between tabs.
    /// </summary>
    [JsonStringEnumMemberName("triples")]
    Triples,
}

/// <summary>One source of a recipe.</summary>
/// <param name="Path">Folder or file, relative to the data folder.</param>
/// <param name="Kind">How pairs are made.</param>
/// <param name="Share">Its share of the batches, relative to the other sources' shares.</param>
/// <param name="Negatives">
/// Hard negatives a pair, or all where it has fewer, drawn anew on each visit: from those that come with pairs and
/// triples, or that a teacher scored; else from those that BM25 mines among the source's own documents.
/// </param>
/// <param name="Scores">
/// A teacher's scores for judged pairs, relative to the data folder: negatives are then the
/// documents that it scored. Null without a teacher.
/// </param>
public sealed record RecipeSource(
    string Path, PairKind Kind, double Share, int Negatives = 0, string? Scores = null)
{
    /// <summary>The maximum number of negatives per pair where BM25 mines them.</summary>
    public const int MaxMinedNegatives = 10;

    /// <summary>How logs and messages call it: path and kind.</summary>
    [JsonIgnore]
    public string Name => $"{Path}/{Kind.ToString().ToLowerInvariant()}";

    internal bool MayHaveTeacher => Negatives > 0 && (Kind == PairKind.Pairs || Scores is not null);

    private bool HasOwnNegatives => Kind is PairKind.Pairs or PairKind.Triples || Scores is not null;

    internal void Validate()
    {
        Require.Data(!string.IsNullOrWhiteSpace(Path), "each source's path must be that of a folder or file");
        Require.Data(Scores is null || !string.IsNullOrWhiteSpace(Scores), "a source's scores must name a file");
        Require.Data(RunRecipe.IsPositive(Share), "each source's share must be finite and above zero");
        Require.Data(Negatives >= 0, "a source's negatives must not be negative");
        Require.Data(Negatives <= MaxMinedNegatives || HasOwnNegatives,
            $"a source's negatives must be at most {MaxMinedNegatives} where they are mined");
        Require.Data(Scores is null || (Kind == PairKind.Judged && Negatives > 0),
            "scores is a setting of a judged source with negatives");
    }
}
