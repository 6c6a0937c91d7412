namespace LuceneLsr.Tools.Catalog;

/// <summary>The ways to search the catalog.</summary>
internal enum EngineKind
{
    /// <summary>BM25.</summary>
    Lexical,

    /// <summary>Learned sparse retrieval.</summary>
    Learned,
}
