namespace LuceneLsr.VectorFiles.Parts;

/// <summary>Names the files that accompany a vector file.</summary>
internal static class VectorFileNames
{
    /// <summary>The extension of the vectors of an incomplete file.</summary>
    public const string Partial = ".partial";

    /// <summary>The extension of the journal of an incomplete file.</summary>
    public const string Journal = ".journal";

    /// <summary>The extension of the manifest of a complete shard.</summary>
    public const string Manifest = ".manifest.json";

    /// <summary>Returns whether a file accompanies a vector file.</summary>
    public static bool IsCompanion(string path) =>
        new[] { Partial, Journal, Manifest }.Any(extension => path.EndsWith(extension, StringComparison.Ordinal));
}
