namespace LuceneLsr.VectorFiles;

/// <summary>
/// A file of vectors in the making. Until it is complete, what there is stands in "PATH.partial", and "PATH.journal"
/// tells which of it is whole.
/// </summary>
internal sealed class PartialVectorFile : IDisposable
{
    private readonly string _path;
    private readonly EncodingJournal _journal;
    private readonly FileStream _vectors;
    private bool _isComplete;

    private PartialVectorFile(string path, EncodingJournal journal, FileStream vectors) =>
        (_path, _journal, _vectors) = (path, journal, vectors);

    /// <summary>The windows that are there.</summary>
    public IReadOnlyList<EncodedChunk> Chunks => _journal.Chunks;

    /// <summary>Where the vectors are until all are there.</summary>
    public string PartialPath => PartialOf(_path);

    /// <summary>Opens a file that an earlier run left, without the window it was at, or begins one.</summary>
    /// <param name="path">The file's final name.</param>
    /// <param name="settings">All that the vectors depend on beside the texts.</param>
    /// <exception cref="InvalidOperationException">What is there was made with other settings.</exception>
    /// <exception cref="ArgumentException">The path is that of a folder.</exception>
    /// <exception cref="IOException">Another process is writing it.</exception>
    public static PartialVectorFile Open(string path, IReadOnlyDictionary<string, string> settings)
    {
        string partial = PartialOf(path), journalPath = JournalOf(path);
        if (Directory.Exists(path))
        {
            throw new ArgumentException($"{path} is a folder; name a file.", nameof(path));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (File.Exists(partial) && !File.Exists(journalPath))
        {
            throw new InvalidOperationException(
                $"{partial} is there without {journalPath}, which tells what is in it. Delete it to begin anew.");
        }

        var journal = EncodingJournal.Open(journalPath);
        var file = new PartialVectorFile(path, journal, new FileStream(partial, FileMode.OpenOrCreate));
        try
        {
            file.Resume(settings);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds a window and waits until it is on disk.</summary>
    /// <param name="bytes">Its vectors as they stand in the file.</param>
    /// <param name="texts">Its texts.</param>
    public void Append(ReadOnlySpan<byte> bytes, IReadOnlyList<TextRecord> texts)
    {
        _vectors.Write(bytes);
        _vectors.Flush(flushToDisk: true); // before the journal says so
        _journal.Append(new(texts.Count, _vectors.Position, EncodedChunk.ComputeDigest(texts)));
    }

    /// <summary>Gives the file its final name, in place of an older file.</summary>
    public void Complete()
    {
        _isComplete = true;
        _vectors.Dispose();
        File.Move(PartialPath, _path, overwrite: true);
    }

    /// <summary>Closes the file. Where no window is whole, or all are, nothing is left to go on with.</summary>
    public void Dispose()
    {
        _vectors.Dispose();
        _journal.Dispose();
        if (_isComplete || Chunks.Count == 0)
        {
            File.Delete(PartialPath);
            File.Delete(JournalOf(_path));
        }
    }

    private static string PartialOf(string path) => path + ".partial";

    private static string JournalOf(string path) => path + ".journal";

    private void Resume(IReadOnlyDictionary<string, string> settings)
    {
        var whole = _journal.Chunks.TakeWhile(window => window.End <= _vectors.Length).Count();
        if (whole == 0)
        {
            _vectors.SetLength(0);
            _journal.Restart(settings);
            return;
        }

        RequireEqual(_journal.Settings!, settings);
        _journal.Cut(whole);
        _vectors.SetLength(Chunks[^1].End);
        _vectors.Position = _vectors.Length;
    }

    private void RequireEqual(IReadOnlyDictionary<string, string> then, IReadOnlyDictionary<string, string> now)
    {
        foreach (var name in then.Keys.Union(now.Keys))
        {
            string before = then.GetValueOrDefault(name, "none"), after = now.GetValueOrDefault(name, "none");
            if (before != after)
            {
                throw new InvalidOperationException(
                    $"{PartialPath} was begun with {name} {before}, and this run has {after}."
                    + $" Run it as it was begun, or delete {PartialPath} to begin anew.");
            }
        }
    }
}
