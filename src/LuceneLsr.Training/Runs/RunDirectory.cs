using System.Globalization;

namespace LuceneLsr.Training.Runs;

/// <summary>
/// The directory of a run: its snapshots while it runs, its checkpoint once it is done. A snapshot is written aside, flushed
/// to disk and renamed, and only then the one before it is removed, so that a whole one is there at any time.
/// </summary>
public sealed class RunDirectory : IDisposable
{
    private const string Prefix = "step-";
    private const string Partial = "partial";

    private readonly string _snapshots;
    private readonly FileStream _lock;

    /// <summary>Takes a directory that exists for a run.</summary>
    /// <exception cref="IOException">Another process has it.</exception>
    public RunDirectory(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        _snapshots = System.IO.Path.Combine(Path, "snapshots");
        try
        {
            _lock = new FileStream(
                System.IO.Path.Combine(Path, "run.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None,
                bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception)
        {
            throw new IOException($"{Path} cannot be locked: a run is at work in it. {exception.Message}", exception);
        }
    }

    /// <summary>The directory's path.</summary>
    public string Path { get; }

    /// <summary>The latest snapshot's directory, if there is one.</summary>
    public string? LatestSnapshot => Whole().OrderBy(snapshot => snapshot.Steps).LastOrDefault().Path;

    /// <summary>Writes a snapshot and removes the one before it. One of the same step is the same, and stays.</summary>
    /// <param name="steps">Steps that the run has taken.</param>
    /// <param name="write">Writes the files into the directory that it is given.</param>
    /// <exception cref="IOException">It could not be written; the one before it is as it was.</exception>
    public void WriteSnapshot(int steps, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var aside = System.IO.Path.Combine(_snapshots, Partial);
        var directory = System.IO.Path.Combine(_snapshots, Prefix + steps.ToString("D8", CultureInfo.InvariantCulture));
        if (Directory.Exists(directory))
        {
            return; // to remove it first would leave a moment without one
        }

        try
        {
            RemoveIfThere(aside);
            Directory.CreateDirectory(aside);
            write(aside);
            FlushToDisk(aside);
            Directory.Move(aside, directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            RemoveIfThere(aside);
            throw new IOException(
                $"The snapshot of step {steps} could not be written: {exception.Message} "
                + (LatestSnapshot is { } kept ? $"{kept} is whole: mend the cause, and resume from it." : ""), exception);
        }

        foreach (var (_, path) in Whole().Where(snapshot => snapshot.Steps < steps).ToArray())
        {
            RemoveIfThere(path);
        }
    }

    /// <summary>Removes all snapshots: the run is done.</summary>
    public void RemoveSnapshots() => RemoveIfThere(_snapshots);

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private IEnumerable<(int Steps, string Path)> Whole()
    {
        if (!Directory.Exists(_snapshots))
        {
            yield break;
        }

        foreach (var path in Directory.EnumerateDirectories(_snapshots, Prefix + "*"))
        {
            if (int.TryParse(
                System.IO.Path.GetFileName(path)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture,
                out var steps))
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

    private static void RemoveIfThere(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
