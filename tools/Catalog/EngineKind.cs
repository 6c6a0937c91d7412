namespace LuceneLsr.Tools.Catalog;

/// <summary>The ways to search the catalog.</summary>
internal enum EngineKind
{
    /// <summary>BM25.</summary>
    Lexical,

    /// <summary>Learned sparse retrieval.</summary>
    Learned,

    /// <summary>Learned sparse retrieval while a new encoder replaces the built-in one, and after.</summary>
    Upgraded,
}
