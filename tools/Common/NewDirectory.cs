namespace LuceneLsr.Tools.Common;

/// <summary>Directories that a command writes.</summary>
public static class NewDirectory
{
    /// <summary>The directory, created, unless something is in it: a run never writes over another's results.</summary>
    /// <exception cref="IOException">The directory is not empty.</exception>
    public static string Create(string path)
    {
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new IOException($"{path} is not empty. Name a new directory, or remove this one first.");
        }

        return Directory.CreateDirectory(path).FullName;
    }
}
