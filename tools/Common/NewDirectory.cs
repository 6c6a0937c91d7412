namespace LuceneLsr.Tools.Common;

/// <summary>Creates output directories.</summary>
public static class NewDirectory
{
    /// <summary>Creates a directory and returns its full path. An existing directory must be empty.</summary>
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
