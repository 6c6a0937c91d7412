using Lucene.Net.Analysis.Core;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Indexing;
using FileSystem = System.IO.Directory;

namespace LuceneLsr.Upgrades;

/// <summary>
/// The new vectors of a segment's documents, in an index of their own until the segment is rewritten. It numbers
/// documents as the segment does. A kill costs at most what was added after the last commit.
/// </summary>
internal sealed class SegmentVectors : IDisposable
{
    private const string FolderPrefix = "vectors"; // followed by the name of the segment, such as "_5"
    private const string KeyEntry = "LuceneLsr.Vectors";
    private const string Field = "vector";

    private readonly FSDirectory _directory;
    private readonly IndexWriter _writer;
    private readonly ImpactBulkWriter _bulk;

    private SegmentVectors(string folder, string key, OpenMode mode)
    {
        if (mode == OpenMode.CREATE && FileSystem.Exists(folder))
        {
            FileSystem.Delete(folder, recursive: true); // Lucene would read what may be damaged
        }

        _directory = FSDirectory.Open(folder, new ExclusiveLockFactory());
        try
        {
            _writer = new IndexWriter(_directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, new KeywordAnalyzer())
            {
                OpenMode = mode,
                MergePolicy = new LogDocMergePolicy(), // keeps the order of documents
                MergeScheduler = new SerialMergeScheduler(),
            });
        }
        catch
        {
            _directory.Dispose();
            throw;
        }

        _writer.SetCommitData(new Dictionary<string, string> { [KeyEntry] = key });
        Count = _writer.MaxDoc;
        _bulk = new ImpactBulkWriter(_writer, Field, ImpactScale.Identity);
    }

    /// <summary>Gets the number of documents so far, with and without a vector.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Opens the vectors of a segment, or returns null if there are none, they are damaged or of another encoder.
    /// </summary>
    /// <param name="workFolder">The folder of all segments.</param>
    /// <param name="segment">The name of the segment.</param>
    /// <param name="key">Identifies segment and encoder, see <see cref="CreateKey"/>.</param>
    public static SegmentVectors? TryOpen(string workFolder, string segment, string key)
    {
        var folder = GetFolder(workFolder, segment);
        return TryReadKey(folder) == key ? new(folder, key, OpenMode.APPEND) : null;
    }

    /// <summary>Creates the vectors of a segment, in place of existing ones.</summary>
    public static SegmentVectors Create(string workFolder, string segment, string key) =>
        new(GetFolder(workFolder, segment), key, OpenMode.CREATE);

    /// <summary>Creates the key of a segment, whose files must exist.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="encoding">Identifies the encoder, its scale and its fields.</param>
    public static string CreateKey(SegmentReader segment, string encoding) => string.Join(
        ", ", // after a crash, a name may be given again, but Lucene's files end with a checksum
        segment.SegmentInfo.Info.GetFiles().Order(StringComparer.Ordinal)
            .Select(file => $"{file} {ReadEnd(segment.Directory, file)}").Append(encoding));

    /// <summary>Deletes the vectors of segments that are no longer needed.</summary>
    public static void DeleteOthers(string workFolder, IReadOnlySet<string> segments)
    {
        foreach (var folder in FileSystem.EnumerateDirectories(workFolder, FolderPrefix + "_*"))
        {
            if (!segments.Contains(Path.GetFileName(folder)[FolderPrefix.Length..]) && TryReadKey(folder) is not null)
            {
                FileSystem.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>Adds a document whose number is above the previous one. Those between have no vector.</summary>
    public void Add(int document, SparseVector impacts)
    {
        AddBlank(document);
        _bulk.Add([], impacts);
        Count++;
    }

    /// <summary>Makes everything so far durable.</summary>
    public void Commit()
    {
        _bulk.Flush();
        _writer.Commit();
    }

    /// <summary>Completes the vectors and opens their terms, which are valid while the reader is open.</summary>
    /// <param name="documents">The number of documents of the segment.</param>
    /// <param name="terms">The terms.</param>
    /// <exception cref="CorruptIndexException">
    /// A file is damaged, which would damage the index. The next run encodes the segment again.
    /// </exception>
    public DirectoryReader OpenTerms(int documents, out Terms? terms)
    {
        AddBlank(documents);
        Commit();
        var reader = DirectoryReader.Open(_directory);
        try
        {
            CheckIntegrity(reader);
        }
        catch
        {
            reader.Dispose();
            throw;
        }

        terms = SlowCompositeReaderWrapper.Wrap(reader).GetTerms(Field);
        return reader;
    }

    /// <summary>Makes everything durable, and frees the lock of the folder also if that fails.</summary>
    public void Dispose()
    {
        try
        {
            _bulk.Dispose();
            _writer.Dispose();
        }
        catch
        {
            _writer.Rollback();
            throw;
        }
        finally
        {
            _directory.Dispose();
        }
    }

    private void AddBlank(int end)
    {
        for (; Count < end; Count++)
        {
            _bulk.Add([], SparseVector.Empty);
        }
    }

    private static string GetFolder(string workFolder, string segment) =>
        Path.Combine(workFolder, FolderPrefix + segment);

    private static string ReadEnd(Lucene.Net.Store.Directory directory, string file)
    {
        using var input = directory.OpenInput(file, IOContext.READ_ONCE);
        var end = new byte[Math.Min(input.Length, sizeof(long))];
        input.Seek(input.Length - end.Length);
        input.ReadBytes(end, 0, end.Length);
        return $"{input.Length} {Convert.ToHexStringLower(end)}";
    }

    // Null if the folder has no vectors of an upgrade, or they are damaged.
    private static string? TryReadKey(string folder)
    {
        if (!FileSystem.Exists(folder))
        {
            return null;
        }

        try
        {
            using var directory = FSDirectory.Open(folder);
            using var reader = DirectoryReader.Open(directory);
            CheckIntegrity(reader);
            return reader.IndexCommit.UserData.TryGetValue(KeyEntry, out var key) ? key : null;
        }
        catch (Exception) // of any type, depending on the damage
        {
            return null;
        }
    }

    private static void CheckIntegrity(DirectoryReader reader)
    {
        foreach (var leaf in reader.Leaves)
        {
            leaf.AtomicReader.CheckIntegrity();
        }
    }
}
