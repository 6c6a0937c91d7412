namespace LuceneLsr.Playground.Messages;

/// <summary>The names of the engines.</summary>
internal static class Engines
{
    /// <summary>Keywords, ranked by BM25.</summary>
    public const string Bm25 = "bm25";

    /// <summary>Learned sparse retrieval.</summary>
    public const string Lsr = "lsr";

    /// <summary>The weighted sum of the z-scores of both.</summary>
    public const string Hybrid = "hybrid";
}
