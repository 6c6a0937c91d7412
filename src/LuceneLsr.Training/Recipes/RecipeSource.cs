using System.Text.Json.Serialization;

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
}

/// <summary>One source of a recipe.</summary>
/// <param name="Path">BEIR folder or JSONL file, relative to the data folder.</param>
/// <param name="Kind">How pairs are made.</param>
/// <param name="Share">Its share of the batches, relative to the other sources' shares.</param>
/// <param name="Negatives">Hard negatives a pair, mined by BM25 among the source's own documents.</param>
public sealed record RecipeSource(string Path, PairKind Kind, double Share, int Negatives = 0)
{
    /// <summary>How logs and messages call it: path and kind.</summary>
    [JsonIgnore]
    public string Name => $"{Path}/{Kind}".ToLowerInvariant();
}
