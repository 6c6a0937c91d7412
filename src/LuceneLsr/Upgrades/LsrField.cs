using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Indexing;

namespace LuceneLsr.Upgrades;

/// <summary>
/// Operations on a learned field that has several versions, each filled by another encoder under a name of its own.
/// Searches ask which one is current.
/// </summary>
public static class LsrField
{
    private const string CurrentKey = "CurrentField";

    /// <summary>
    /// Makes another version of a field current, with the next and all later commits of a writer. Near-real-time
    /// readers see it when they are reopened. A reader sees one version for its whole life.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="field">The name that the application uses for all versions, that of the first.</param>
    /// <param name="version">The name of the version in the index.</param>
    /// <exception cref="InvalidOperationException">The version has no stamp, so no encoder has filled it.</exception>
    public static void Switch(IndexWriter writer, string field, string version)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(version);
        if (!LsrIndexStamp.IsIn(writer, version))
        {
            throw new InvalidOperationException(
                $"Field '{version}' of the index {writer.Directory} has no LSR stamp, so it is unknown which encoder "
                + "filled it. Run an EncoderUpgrade, or call LsrIndexStamp.Write.");
        }

        FieldUserData.Replace(writer, field, (CurrentKey, version));
        AddNothing(writer);
    }

    /// <summary>Returns the current version of a field, which is the field itself before the first switch.</summary>
    /// <param name="reader">The reader, see <see cref="LsrIndexStamp.Read"/>.</param>
    /// <param name="field">The name that the application uses for all versions.</param>
    /// <exception cref="InvalidOperationException">The reader combines indexes with different versions.</exception>
    public static string GetCurrent(IndexReader reader, string field)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(field);
        return FieldUserData.Find(reader).Select(data => FieldUserData.Get(data, field, CurrentKey) ?? field)
            .Distinct().ToArray() switch
        {
            [] => field,
            [var version] => version,
            var versions => throw new InvalidOperationException(
                $"The reader combines indexes with different versions of field '{field}': "
                + $"{string.Join(", ", versions)}. Search them one by one, or switch all of them."),
        };
    }

    /// <summary>
    /// Removes the postings and the stamp of a version that is not current, by rewriting the segments that have it. Its
    /// stored values stay. Stop filling it before.
    /// </summary>
    /// <param name="writer">The writer, whose merge policy is a <see cref="SegmentRewritePolicy"/>.</param>
    /// <param name="field">The name that the application uses for all versions.</param>
    /// <param name="version">The name of the version in the index.</param>
    /// <param name="cancellationToken">Stops it before the next segments are rewritten.</param>
    /// <exception cref="InvalidOperationException">
    /// The version is current, or the writer has another merge policy.
    /// </exception>
    /// <exception cref="IOException">A segment cannot be rewritten.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static void Drop(
        IndexWriter writer, string field, string version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(version);
        if ((FieldUserData.Get(writer.CommitData, field, CurrentKey) ?? field) == version)
        {
            throw new InvalidOperationException(
                $"'{version}' is the current version of field '{field}', which searches use. Switch to another one "
                + "before you drop it.");
        }

        var policy = SegmentRewritePolicy.Of(writer);
        var run = new UpgradeRun(double.PositiveInfinity, progress: null, cancellationToken);
        while (FindSegments(writer, version) is { Count: > 0 } segments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            segments.ForEach(run.CountAttempt);
            policy.Run(segments, segment => new PostingRemovalReader(segment, version));
        }

        LsrIndexStamp.Remove(writer, version);
    }

    // Near-real-time readers are reopened when segments change, not when only the user data does.
    private static void AddNothing(IndexWriter writer)
    {
        using var empty = new RAMDirectory();
        new IndexWriter(empty, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer: null)).Dispose();
        writer.AddIndexes(empty);
    }

    private static List<string> FindSegments(IndexWriter writer, string field)
    {
        using var reader = DirectoryReader.Open(writer, applyAllDeletes: true);
        return [.. reader.Leaves.Select(leaf => (SegmentReader)leaf.AtomicReader)
            .Where(segment => segment.GetTerms(field) is not null).Select(segment => segment.SegmentName)];
    }
}
