using System.Globalization;

namespace LuceneLsr.Training.Phases;

/// <summary>
/// A run's directory, locked while the run is active. It contains snapshots until the run has finished, then the run's
/// checkpoint. A snapshot is written to a temporary directory, flushed to disk and renamed before the previous one is
/// deleted, so a complete snapshot exists at any time after the first.
/// </summary>
internal sealed class RunDirectory : IDisposable
{
    private const string SnapshotPrefix = "step-";
    private const string PartialSnapshot = "partial";

    private readonly string _snapshots;
    private readonly FileStream _lock;

    /// <summary>Locks an existing directory.</summary>
    /// <exception cref="IOException">Another process has locked the directory.</exception>
    public RunDirectory(string path)
    {
        FullPath = Path.GetFullPath(path);
        _snapshots = Path.Combine(FullPath, "snapshots");
        try
        {
            _lock = new FileStream(
                Path.Combine(FullPath, RunSettings.LockFileName), FileMode.OpenOrCreate, FileAccess.ReadWrite,
                FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception)
        {
            throw new IOException(
                $"{FullPath} cannot be locked; another process may be running in it. {exception.Message}", exception);
        }
    }

    /// <summary>Gets the absolute path.</summary>
    public string FullPath { get; }

    /// <summary>Gets the directory of the latest snapshot, or null if there is none.</summary>
    public string? LatestSnapshot => EnumerateSnapshots().OrderBy(snapshot => snapshot.Steps).LastOrDefault().Path;

    /// <summary>Writes a snapshot and deletes the previous one. Does nothing if the step already has one.</summary>
    /// <param name="steps">The number of steps that the run has taken.</param>
    /// <param name="write">Writes the files to a given directory.</param>
    /// <exception cref="IOException">The snapshot could not be written; the previous one is unchanged.</exception>
    public void WriteSnapshot(int steps, Action<string> write)
    {
        var directory = Path.Combine(
            _snapshots, SnapshotPrefix + steps.ToString("D8", CultureInfo.InvariantCulture));
        if (Directory.Exists(directory))
        {
            return;
        }

        try
        {
            WriteAtomically(directory, write);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The snapshot of step {steps} could not be written: {exception.Message} "
                + (LatestSnapshot is { } previous
                    ? $"{previous} is complete: fix the cause and resume from it."
                    : "Fix the cause and start again."),
                exception);
        }

        foreach (var (_, path) in EnumerateSnapshots().Where(snapshot => snapshot.Steps < steps).ToArray())
        {
            DeleteIfExists(path);
        }
    }

    /// <summary>Deletes all snapshots.</summary>
    public void DeleteSnapshots() => DeleteIfExists(_snapshots);

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private void WriteAtomically(string directory, Action<string> write)
    {
        var partial = Path.Combine(_snapshots, PartialSnapshot);
        try
        {
            DeleteIfExists(partial);
            Directory.CreateDirectory(partial);
            write(partial);
            FlushToDisk(partial);
            Directory.Move(partial, directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            DeleteIfExists(partial);
            throw;
        }
    }

    private IEnumerable<(int Steps, string Path)> EnumerateSnapshots()
    {
        if (!Directory.Exists(_snapshots))
        {
            yield break;
        }

        foreach (var path in Directory.EnumerateDirectories(_snapshots, SnapshotPrefix + "*"))
        {
            if (int.TryParse(
                Path.GetFileName(path)[SnapshotPrefix.Length..], NumberStyles.None,
                CultureInfo.InvariantCulture, out var steps))
            {
                yield return (steps, path);
            }
        }
    }

    private static void FlushToDisk(string directory)
    {
        foreach (var path in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
            RandomAccess.FlushToDisk(file);
        }
    }

    private static void DeleteIfExists(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
