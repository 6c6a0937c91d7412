namespace LuceneLsr.Files;

/// <summary>Resolves symbolic links in all parts of a path, so that two paths of one file become equal.</summary>
internal static class RealPath
{
    /// <summary>Returns the absolute path without links. The file need not exist.</summary>
    public static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not { } parent)
        {
            return full; // the root
        }

        var resolved = Path.Combine(Resolve(parent), Path.GetFileName(full));
        FileSystemInfo entry = Directory.Exists(resolved) ? new DirectoryInfo(resolved) : new FileInfo(resolved);
        return entry.LinkTarget is null ? resolved
            : Resolve(entry.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
    }
}
