using Lucene.Net.Search.Similarities;

namespace LuceneLsr.Evaluation.Rankers;

/// <summary>The parameters of BM25.</summary>
public sealed record Bm25Parameters
{
    /// <summary>Gets the defaults of Anserini, as published for BEIR.</summary>
    public static Bm25Parameters Default { get; } = new();

    /// <summary>Gets the saturation of term frequencies, k1; finite and not negative.</summary>
    public float K1
    {
        get;
        init => field = value >= 0 && float.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(K1), value, "k1 must be finite and not negative.");
    } = 0.9f;

    /// <summary>Gets the strength of length normalization, b, from 0 to 1.</summary>
    public float B
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(B), value, "b must be from 0 to 1.");
    } = 0.4f;

    /// <summary>Creates the similarity of these parameters.</summary>
    internal BM25Similarity CreateSimilarity() => new(K1, B);
}
