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

    /// <summary>Opens the vectors of a segment, or returns null if there are none or they are of another encoder.</summary>
    /// <param name="workFolder">The folder of all segments.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="encoding">Identifies the encoder, its scale and its field.</param>
    public static SegmentVectors? TryOpen(string workFolder, SegmentReader segment, string encoding)
    {
        var folder = GetFolder(workFolder, segment);
        var key = CreateKey(segment, encoding);
        return HasKey(folder, key) ? new(folder, key, OpenMode.APPEND) : null;
    }

    /// <summary>Creates the vectors of a segment, instead of those that are there.</summary>
    public static SegmentVectors Create(string workFolder, SegmentReader segment, string encoding) =>
        new(GetFolder(workFolder, segment), CreateKey(segment, encoding), OpenMode.CREATE);

    /// <summary>Deletes the vectors of segments that are no longer needed.</summary>
    public static void DeleteOthers(string workFolder, IReadOnlySet<string> segments)
    {
        foreach (var folder in FileSystem.EnumerateDirectories(workFolder, FolderPrefix + "_*"))
        {
            if (!segments.Contains(Path.GetFileName(folder)[FolderPrefix.Length..]))
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
    public DirectoryReader OpenTerms(int documents, out Terms? terms)
    {
        AddBlank(documents);
        Commit();
        var reader = DirectoryReader.Open(_directory);
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

    private static string GetFolder(string workFolder, SegmentReader segment) =>
        Path.Combine(workFolder, FolderPrefix + segment.SegmentName);

    // After a crash, a name may be given again. Lucene's files end with a checksum.
    private static string CreateKey(SegmentReader segment, string encoding) => string.Join(
        ", ",
        segment.SegmentInfo.Info.GetFiles().Order(StringComparer.Ordinal)
            .Select(file => $"{file} {ReadEnd(segment.Directory, file)}").Append(encoding));

    private static string ReadEnd(Lucene.Net.Store.Directory directory, string file)
    {
        using var input = directory.OpenInput(file, IOContext.READ_ONCE);
        var end = new byte[Math.Min(input.Length, sizeof(long))];
        input.Seek(input.Length - end.Length);
        input.ReadBytes(end, 0, end.Length);
        return $"{input.Length} {Convert.ToHexStringLower(end)}";
    }

    private static bool HasKey(string folder, string key)
    {
        if (!FileSystem.Exists(folder))
        {
            return false;
        }

        using var directory = FSDirectory.Open(folder);
        if (!DirectoryReader.IndexExists(directory))
        {
            return false;
        }

        var commit = new SegmentInfos();
        commit.Read(directory);
        return commit.UserData.TryGetValue(KeyEntry, out var found) && found == key;
    }
}
