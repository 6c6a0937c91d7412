using System.Runtime.InteropServices;

namespace LuceneLsr.Orleans.Stores;

/// <summary>Creates files that exist as a whole or not at all, and survive a crash of the machine.</summary>
internal static partial class DurableFile
{
    /// <summary>The extension of files that are not published yet.</summary>
    public const string TemporaryExtension = ".tmp";

    private const int FileExists = 17; // EEXIST
    private const int ReadOnly = 0; // O_RDONLY

    /// <summary>Writes a file under a temporary name, flushes it to disk, and publishes it.</summary>
    /// <param name="path">The file. Its folder is created if needed.</param>
    /// <param name="write">Writes the contents.</param>
    /// <param name="replace">Whether to replace an existing file.</param>
    /// <returns>Whether the file was published; false if it exists and must not be replaced.</returns>
    public static bool TryWrite(string path, Action<FileStream> write, bool replace)
    {
        var folder = Path.GetDirectoryName(path)!;
        CreateFolder(folder);
        var temporary = Path.Combine(folder, $"{Path.GetFileName(path)}.{Guid.NewGuid():N}{TemporaryExtension}");
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            if (!TryPublish(temporary, path, replace))
            {
                return false;
            }

            FlushFolder(folder);
            return true;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static bool TryPublish(string temporary, string path, bool replace)
    {
        if (replace)
        {
            File.Move(temporary, path, overwrite: true);
            return true;
        }

        return OperatingSystem.IsWindows() ? TryMove(temporary, path) : TryLink(temporary, path);
    }

    // File.Move on Unix looks for the target first and then renames, which would replace a file created in between.
    private static bool TryLink(string temporary, string path)
    {
        if (CreateLink(temporary, path) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == FileExists
            ? false
            : throw new IOException(
                $"Cannot create {path}: {Marshal.GetLastPInvokeErrorMessage()}. The folder of a shard store must be "
                + "on a file system with hard links.");
    }

    private static bool TryMove(string temporary, string path)
    {
        try
        {
            File.Move(temporary, path);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    private static void CreateFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            var parent = Path.GetDirectoryName(folder)!;
            CreateFolder(parent);
            Directory.CreateDirectory(folder);
            FlushFolder(parent);
        }
    }

    // Without it, the name of a file whose contents are on disk may be lost. Windows has no such call, and needs none.
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"Cannot open the folder {folder}: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        var isFlushed = Flush(descriptor) == 0;
        var error = Marshal.GetLastPInvokeErrorMessage();
        _ = Close(descriptor);
        if (!isFlushed)
        {
            throw new IOException($"Cannot flush the folder {folder} to disk: {error}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateLink(string existing, string created);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
