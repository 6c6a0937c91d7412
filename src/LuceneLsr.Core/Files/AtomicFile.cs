namespace LuceneLsr.Files;

/// <summary>
/// Writes files that are never there in part: aside first, flushed to disk, then renamed. Where that fails, what was
/// there before stays, and nothing else.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; its name with ".tmp" behind is used meanwhile.</param>
    /// <param name="write">Writes the contents, and leaves the stream open.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <exception cref="IOException">It cannot be written, or is there and not to be replaced.</exception>
    public static void Write(string path, Action<FileStream> write, bool overwrite = true)
    {
        ArgumentNullException.ThrowIfNull(write);
        var temporary = path + ".tmp";
        var file = File.Create(temporary); // fails where another process is writing it, which is then left alone
        try
        {
            using (file)
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
