namespace LuceneLsr.Files;

/// <summary>Recognizes gzip-compressed files by their names.</summary>
internal static class GzipFile
{
    /// <summary>The extension of the names of compressed files.</summary>
    public const string Extension = ".gz";

    /// <summary>Returns whether a name is that of a compressed file.</summary>
    public static bool HasExtension(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);
}
