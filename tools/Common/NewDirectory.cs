namespace LuceneLsr.Tools.Common;

/// <summary>Creates output directories.</summary>
public static class NewDirectory
{
    /// <summary>Creates a directory and returns its full path. An existing directory must be empty.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="ignored">The names that an existing directory may contain.</param>
    /// <exception cref="IOException">The directory is not empty.</exception>
    public static string Create(string path, params string[] ignored)
    {
        RequireEmpty(path, ignored);
        return Directory.CreateDirectory(path).FullName;
    }

    /// <summary>
    /// Writes a directory as a whole: its files are in a temporary directory next to it until all are complete. If
    /// writing fails, nothing is left.
    /// </summary>
    /// <param name="path">The directory, which must be empty if it exists.</param>
    /// <param name="write">Writes the files to a given directory.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="IOException">The directory is not empty.</exception>
    public static string Write(string path, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        RequireEmpty(path, ignored: []);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var temporary = $"{full}.{Path.GetRandomFileName()}";
        Directory.CreateDirectory(temporary);
        try
        {
            write(temporary);
        }
        catch
        {
            Directory.Delete(temporary, recursive: true);
            throw;
        }

        Rename(temporary, full);
        return full;
    }

    private static void Rename(string temporary, string full)
    {
        try
        {
            if (Directory.Exists(full))
            {
                Directory.Delete(full); // it is empty
            }

            Directory.Move(temporary, full);
        }
        catch (IOException exception)
        {
            throw new IOException(
                $"{temporary} is complete, but cannot be renamed to {full}: {exception.Message} Rename it.", exception);
        }
    }

    private static void RequireEmpty(string path, string[] ignored)
    {
        if (Directory.Exists(path)
            && Directory.EnumerateFileSystemEntries(path).Select(Path.GetFileName).Except(ignored).Any())
        {
            throw new IOException($"{path} is not empty. Name a new directory, or remove this one first.");
        }
    }
}
