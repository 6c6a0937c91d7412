using Lucene.Net.Store;
using Directory = Lucene.Net.Store.Directory;

namespace LuceneLsr.Storage.Files;

/// <summary>Looks through Lucene's own wrappers of directories, which leave files as they are.</summary>
internal static class WrappedDirectories
{
    /// <summary>Returns the directory that holds a file.</summary>
    /// <param name="directory">
    /// A directory, wrapped or not. Wrappers of other types are not unwrapped: they may encrypt files, or count reads.
    /// </param>
    /// <param name="name">The name of the file.</param>
    public static Directory Unwrap(Directory directory, string name)
    {
        while (GetWrapped(directory, name) is { } wrapped)
        {
            directory = wrapped;
        }

        return directory;
    }

    private static Directory? GetWrapped(Directory directory, string name) => directory switch
    {
        RateLimitedDirectoryWrapper limited => limited.Delegate,
        TrackingDirectoryWrapper tracking => tracking.Delegate,
        FileSwitchDirectory both when IsExactly<FileSwitchDirectory>(both) => GetHolder(both, name),
        NRTCachingDirectory caching when IsExactly<NRTCachingDirectory>(caching) =>
            caching.ListCachedFiles().Contains(name) ? null : caching.Delegate,
        _ => null,
    };

    private static bool IsExactly<T>(T directory)
        where T : Directory => directory.GetType() == typeof(T);

    // Which extensions belong to which directory is private.
    private static Directory? GetHolder(FileSwitchDirectory both, string name) =>
        (Has(both.PrimaryDir, name), Has(both.SecondaryDir, name)) switch
        {
            (true, false) => both.PrimaryDir,
            (false, true) => both.SecondaryDir,
            _ => null,
        };

    private static bool Has(Directory directory, string name)
    {
        try
        {
            return directory.ListAll().Contains(name);
        }
        catch (DirectoryNotFoundException)
        {
            return false; // Lucene creates the folder with its first file
        }
    }
}
