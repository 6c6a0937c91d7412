using LuceneLsr.Files;
using LuceneLsr.VectorFiles.Parts;

namespace LuceneLsr.VectorFiles;

/// <summary>
/// An incomplete vector file. Until it is complete, its vectors are in "PATH.partial", and "PATH.journal" lists the
/// complete chunks.
/// </summary>
internal sealed class PartialVectorFile : IDisposable
{
    private readonly string _path;
    private readonly EncodingJournal _journal;
    private readonly FileStream _vectors;
    private bool _isComplete;

    private PartialVectorFile(string path, EncodingJournal journal, FileStream vectors) =>
        (_path, _journal, _vectors) = (path, journal, vectors);

    /// <summary>Gets the complete chunks.</summary>
    public IReadOnlyList<EncodedChunk> Chunks => _journal.Chunks;

    /// <summary>Gets the path of the incomplete file.</summary>
    public string PartialPath => GetPartialPath(_path);

    /// <summary>Opens the file of an interrupted run without its incomplete chunk, or creates a new one.</summary>
    /// <param name="path">The final path of the file.</param>
    /// <param name="settings">Everything except the texts that the vectors depend on.</param>
    /// <exception cref="InvalidOperationException">
    /// The incomplete file was started with different settings, or it or its journal is a symbolic link.
    /// </exception>
    /// <exception cref="ArgumentException">The path is a directory.</exception>
    /// <exception cref="IOException">Another process is writing the file.</exception>
    public static PartialVectorFile Open(string path, IReadOnlyDictionary<string, string> settings)
    {
        string partial = GetPartialPath(path), journalPath = GetJournalPath(path);
        if (Directory.Exists(path))
        {
            throw new ArgumentException($"{path} is a directory. Specify a file.", nameof(path));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        RequireNoLink(partial);
        RequireNoLink(journalPath);
        if (File.Exists(partial) && !File.Exists(journalPath))
        {
            throw new InvalidOperationException(
                $"{partial} exists without its journal {journalPath}. Delete it to start over.");
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

    /// <summary>Appends a chunk and flushes it to disk.</summary>
    /// <param name="bytes">Its formatted vectors.</param>
    /// <param name="texts">Its texts.</param>
    public void Append(ReadOnlySpan<byte> bytes, IReadOnlyList<TextRecord> texts)
    {
        _vectors.Write(bytes);
        _vectors.Flush(flushToDisk: true); // before the journal lists them
        _journal.Append(new(
            texts.Count, _vectors.Position, EncodedChunk.ComputeDigest(texts), EncodedChunk.ComputeChecksum(bytes)));
    }

    /// <summary>Renames the file to its final path and replaces an existing file.</summary>
    /// <param name="shard">The shard. A file that is one of several gets a manifest, so that it can be checked.</param>
    public void Complete(Shard shard)
    {
        _vectors.Dispose();
        if (shard.Count > 1)
        {
            WriteManifest(shard); // before the file appears, so that a complete shard always has one
        }
        else
        {
            File.Delete(_path + VectorFileNames.Manifest); // of a shard that was here before
        }

        _isComplete = true;
        File.Move(PartialPath, _path, overwrite: true);
    }

    /// <summary>Closes the file. Deletes it with its journal if there is nothing to resume.</summary>
    public void Dispose()
    {
        _vectors.Dispose();
        _journal.Dispose();
        if (_isComplete || Chunks.Count == 0)
        {
            File.Delete(PartialPath);
            File.Delete(GetJournalPath(_path));
        }
    }

    private void WriteManifest(Shard shard) => new VectorFileManifest(
        shard.ToString(),
        _journal.Settings!.Where(setting => setting.Key != VectorFileEncoder.ShardSetting)
            .ToDictionary(StringComparer.Ordinal),
        Chunks.Sum(chunk => (long)chunk.Texts),
        new FileInfo(PartialPath).Length,
        VectorFileManifest.ComputeSha256(PartialPath)).Write(_path);

    // Writing through a link would replace a file elsewhere.
    private static void RequireNoLink(string path)
    {
        if (new FileInfo(path).LinkTarget is { } target)
        {
            throw new InvalidOperationException($"{path} is a symbolic link to {target}. Delete the link.");
        }
    }

    private static string GetPartialPath(string path) => path + VectorFileNames.Partial;

    private static string GetJournalPath(string path) => path + VectorFileNames.Journal;

    private void Resume(IReadOnlyDictionary<string, string> settings)
    {
        var complete = CountIntactChunks();
        if (complete == 0)
        {
            _vectors.SetLength(0);
            _journal.Restart(settings);
            return;
        }

        RequireEqual(_journal.Settings!, settings);
        _journal.Truncate(complete);
        _vectors.SetLength(Chunks[^1].End);
        _vectors.Position = _vectors.Length;
    }

    // A chunk that is cut or damaged is encoded again, and so are those after it.
    private int CountIntactChunks()
    {
        var (count, start) = (0, 0L);
        foreach (var chunk in Chunks.TakeWhile(chunk => IsIntact(chunk, start)))
        {
            (count, start) = (count + 1, chunk.End);
        }

        return count;
    }

    private bool IsIntact(EncodedChunk chunk, long start)
    {
        if (chunk.End <= start || chunk.End > _vectors.Length)
        {
            return false;
        }

        var bytes = new byte[chunk.End - start];
        _vectors.Position = start;
        _vectors.ReadExactly(bytes);
        return chunk.Checksum is null || chunk.Checksum == EncodedChunk.ComputeChecksum(bytes);
    }

    private void RequireEqual(
        IReadOnlyDictionary<string, string> started, IReadOnlyDictionary<string, string> current)
    {
        foreach (var name in started.Keys.Union(current.Keys))
        {
            string before = started.GetValueOrDefault(name, "none"), after = current.GetValueOrDefault(name, "none");
            if (before != after)
            {
                throw new InvalidOperationException(
                    $"{PartialPath} was started with {name} {before}, but this run has {after}."
                    + $" Run with the same settings, or delete {PartialPath} to start over.");
            }
        }
    }
}
