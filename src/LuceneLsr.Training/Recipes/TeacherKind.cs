using System.Text.Json.Serialization;

namespace LuceneLsr.Training.Recipes;

/// <summary>The kinds of teachers that score every document of a batch for every query.</summary>
public enum TeacherKind
{
    /// <summary>The cosine of a sentence encoder's vectors, which were computed beforehand.</summary>
    [JsonStringEnumMemberName("vectors")]
    Vectors,

    /// <summary>BM25 with the statistics of a sample of the recipe's documents.</summary>
    [JsonStringEnumMemberName("bm25")]
    Bm25,
}
