using System.Text;

namespace LuceneLsr.Files;

/// <summary>
/// Writes files atomically: to a temporary file, which is flushed to disk and then renamed. A failed write leaves an
/// existing file unchanged and no temporary file behind.
/// </summary>
internal static class AtomicFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file. The temporary file is <paramref name="path"/> + ".tmp".</param>
    /// <param name="write">Writes the contents. It must not close the stream.</param>
    /// <param name="overwrite">Whether to replace an existing file.</param>
    /// <exception cref="IOException">
    /// The file cannot be written, or it exists and <paramref name="overwrite"/> is false.
    /// </exception>
    public static void Write(string path, Action<FileStream> write, bool overwrite = true)
    {
        ArgumentNullException.ThrowIfNull(write);
        var temporary = path + ".tmp";
        var file = File.Create(temporary); // outside the try block: if another process holds it, do not delete it
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

    /// <summary>Writes a text file in UTF-8, replacing an existing one.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteText(string path, string contents) =>
        Write(path, file => file.Write(Encoding.UTF8.GetBytes(contents)));
}
