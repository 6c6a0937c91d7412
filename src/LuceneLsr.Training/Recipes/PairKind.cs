using System.Text.Json.Serialization;

namespace LuceneLsr.Training.Recipes;

/// <summary>The ways to make training pairs from a source.</summary>
public enum PairKind
{
    /// <summary>Queries and their relevant documents in a BEIR directory.</summary>
    [JsonStringEnumMemberName("judged")]
    Judged,

    /// <summary>Titles and texts of the documents in a BEIR directory.</summary>
    [JsonStringEnumMemberName("titles")]
    Titles,

    /// <summary>Sentences and the rest of their passage, from a BEIR directory or a JSONL file.</summary>
    [JsonStringEnumMemberName("sentences")]
    Sentences,

    /// <summary>Pairs with their own negatives and teacher scores in a JSONL file.</summary>
    [JsonStringEnumMemberName("pairs")]
    Pairs,

    /// <summary>
    /// Triples of ids in a directory with the layout of MS MARCO, or triples of texts in a file of query, positive and
    /// negative, separated by tabs.
    /// </summary>
    [JsonStringEnumMemberName("triples")]
    Triples,
}
