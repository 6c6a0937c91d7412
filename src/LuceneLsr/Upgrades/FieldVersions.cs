using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Indexing;

namespace LuceneLsr.Upgrades;

/// <summary>
/// The versions of a learned field, each filled by another encoder under a name of its own. Searches ask which one is
/// current. The user data of the index's commit stores the answer, see <see cref="LsrIndexStamp.Write"/>.
/// </summary>
public static class FieldVersions
{
    private const string CurrentKey = "CurrentField";
    private const int MaxRounds = 10;

    /// <summary>
    /// Makes another version of a field current, with the next and all later commits of a writer. Near-real-time
    /// readers see it when they are reopened. A reader sees one version for its whole life.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="field">The name that the application uses for all versions, that of the first.</param>
    /// <param name="version">The name of the version in the index.</param>
    /// <exception cref="InvalidOperationException">
    /// No encoder has filled the version, its <see cref="EncoderUpgrade"/> has not completed, or it was dropped.
    /// </exception>
    public static void Switch(IndexWriter writer, string field, string version)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(version);
        if (!LsrIndexStamp.IsIn(writer, version))
        {
            throw new InvalidOperationException(
                $"Field '{version}' of the index {writer.Directory} has no LSR stamp, so it is unknown which encoder "
                + "filled it. Run an EncoderUpgrade.");
        }

        lock (writer)
        {
            var current = GetCurrent(writer.CommitData, field);
            if (version != current && FieldUserData.Get(writer.CommitData, version, FieldUserData.CompleteEntry) is null)
            {
                throw new InvalidOperationException(
                    $"Some documents of the index {writer.Directory} may not have field '{version}', because no "
                    + "EncoderUpgrade has completed, or a drop has begun. Run the upgrade again before you switch.");
            }

            SetComplete(writer, current); // it stays so while the application fills both
            FieldUserData.Replace(writer, version, (FieldUserData.WasCurrentEntry, "true"));
            FieldUserData.Replace(writer, field, (CurrentKey, version));
        }

        ForceReopen(writer);
    }

    /// <summary>Returns the current version of a field, which is the field itself before the first switch.</summary>
    /// <param name="reader">The reader, see <see cref="LsrIndexStamp.Read"/>.</param>
    /// <param name="field">The name that the application uses for all versions.</param>
    /// <exception cref="InvalidOperationException">The reader combines indexes with different versions.</exception>
    public static string GetCurrent(IndexReader reader, string field)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(field);
        return FieldUserData.Find(reader).Select(data => GetCurrent(data, field)).Distinct().ToArray() switch
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
    /// stored values stay. Stop filling it before. <see cref="LsrIndexStamp.Ensure"/> refuses a former version from then
    /// on, so that an older version of the application does not fill it again. A version that was never current, of an
    /// upgrade that is given up, may be filled again.
    /// </summary>
    /// <param name="writer">The writer, whose merge policy is a <see cref="SegmentRewritePolicy"/>.</param>
    /// <param name="field">The name that the application uses for all versions.</param>
    /// <param name="version">The name of the version in the index.</param>
    /// <param name="cancellationToken">Stops it before the next segment is rewritten.</param>
    /// <exception cref="InvalidOperationException">
    /// The field is no version or is current, an upgrade is running, or the writer has another merge policy.
    /// </exception>
    /// <exception cref="IOException">A segment cannot be rewritten, or something still fills the version.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static void Drop(
        IndexWriter writer, string field, string version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(version);
        if (!LsrIndexStamp.IsIn(writer, version))
        {
            throw new InvalidOperationException(
                $"Field '{version}' of the index {writer.Directory} has no LSR stamp, so it is no version of a learned "
                + "field.");
        }

        var policy = SegmentRewritePolicy.Get(writer);
        using var series = policy.Begin();
        var wasCurrent = BeginDrop(writer, field, version);
        RemovePostings(writer, policy, version, cancellationToken);
        LsrIndexStamp.Remove(writer, version, isReplaced: wasCurrent);
    }

    /// <summary>Records that all documents have a version.</summary>
    internal static void SetComplete(IndexWriter writer, string version) =>
        FieldUserData.Replace(writer, version, (FieldUserData.CompleteEntry, "true"));

    private static string GetCurrent(IDictionary<string, string>? data, string field) =>
        FieldUserData.Get(data, field, CurrentKey) ?? field;

    // Marks the version first, so that a drop that stops halfway is not switched to or filled.
    private static bool BeginDrop(IndexWriter writer, string field, string version)
    {
        lock (writer)
        {
            var data = writer.CommitData;
            if (GetCurrent(data, field) == version || IsCurrentOfAny(data, version))
            {
                throw new InvalidOperationException(
                    $"'{version}' is the current version of a field, which searches use. Switch to another one before "
                    + "you drop it.");
            }

            if (version != field && FieldUserData.Get(data, version, FieldUserData.VersionEntry) is null)
            {
                throw new InvalidOperationException(
                    $"No EncoderUpgrade has filled '{version}', so it is no version of '{field}'.");
            }

            LsrIndexStamp.MarkDropped(writer, version);
            return version == field || FieldUserData.Get(data, version, FieldUserData.WasCurrentEntry) is not null;
        }
    }

    private static bool IsCurrentOfAny(IDictionary<string, string> data, string version) => data.Any(entry =>
        entry.Value == version && entry.Key.StartsWith(FieldUserData.Prefix, StringComparison.Ordinal)
        && entry.Key.EndsWith($".{CurrentKey}", StringComparison.Ordinal));

    // Near-real-time readers are reopened when segments change, not when only the user data does.
    private static void ForceReopen(IndexWriter writer)
    {
        using var empty = new RAMDirectory();
        new IndexWriter(empty, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer: null)).Dispose();
        writer.AddIndexes(empty);
    }

    private static void RemovePostings(
        IndexWriter writer, SegmentRewritePolicy policy, string version, CancellationToken cancellationToken)
    {
        for (var round = 0; FindSegments(writer, version) is { Count: > 0 } segments; round++)
        {
            if (round == MaxRounds)
            {
                throw new IOException(
                    $"Segments of the index {writer.Directory} still have field '{version}' after {MaxRounds} rounds. "
                    + "Stop filling it. If nothing does, see what the merge scheduler reports.");
            }

            foreach (var segment in segments)
            {
                cancellationToken.ThrowIfCancellationRequested();
                policy.Run(segment, reader => new PostingRemovalReader(reader, version));
            }
        }
    }

    private static List<string> FindSegments(IndexWriter writer, string field)
    {
        using var reader = DirectoryReader.Open(writer, applyAllDeletes: true);
        return [.. reader.GetSegments().Where(segment => segment.GetTerms(field) is not null)
            .Select(segment => segment.SegmentName)];
    }
}
