using Lucene.Net.Index;
using Lucene.Net.Util;
using LuceneLsr.Indexing;

namespace LuceneLsr.Upgrades;

/// <summary>
/// Fills a new field of a live index with the vectors of a new encoder, in the background, while the application keeps
/// searching, updating and deleting.
/// </summary>
/// <remarks>
/// <para>Each segment is encoded into the work folder, then rewritten with the new field by a merge of the index writer,
/// which applies the updates and deletions made meanwhile. Documents are not indexed again, so fields that are not
/// stored stay as they are. Documents that have the new field already are not encoded, so the application may fill it
/// for new documents.</para>
/// <para>The upgrade never commits. After a restart, it goes on with what the application has committed and with the
/// work folder.</para>
/// </remarks>
public sealed class EncoderUpgrade
{
    private const string LockName = "upgrade.lock";

    private readonly IndexWriter _writer;
    private readonly EncoderUpgradeOptions _options;
    private readonly SegmentRewritePolicy _policy;

    /// <summary>Creates the upgrade.</summary>
    /// <param name="writer">The index writer, whose merge policy is a <see cref="SegmentRewritePolicy"/>.</param>
    /// <param name="options">The fields, the new encoder and the work folder.</param>
    /// <exception cref="ArgumentException">Both fields are the same, or a name is empty.</exception>
    /// <exception cref="InvalidOperationException">The writer has another merge policy.</exception>
    public EncoderUpgrade(IndexWriter writer, EncoderUpgradeOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.NewField);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.WorkFolder);
        if (options.Field == options.NewField)
        {
            throw new ArgumentException(
                $"The new field is '{options.NewField}', as the former one. Fields of two encoders need two names.",
                nameof(options));
        }

        (_writer, _options, _policy) = (writer, options, SegmentRewritePolicy.Get(writer));
    }

    /// <summary>
    /// Encodes and rewrites all segments, on another thread, until every document has the new field, except those whose
    /// text has an empty vector.
    /// </summary>
    /// <param name="progress">Receives the progress after each batch of documents.</param>
    /// <param name="cancellationToken">Stops the upgrade after a batch. What was encoded is kept.</param>
    /// <exception cref="InvalidOperationException">
    /// Something else filled the new field, a document's text is not stored, or another upgrade of the writer is
    /// running.
    /// </exception>
    /// <exception cref="IOException">A segment cannot be rewritten, or the work folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public Task RunAsync(
        IProgress<EncoderUpgradeProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(
            () => RunAsync(new UpgradeRun(_options.MaxDocumentsPerSecond, progress, cancellationToken)),
            cancellationToken);

    private async Task RunAsync(UpgradeRun run)
    {
        using var series = _policy.Begin();
        LsrIndexStamp.WriteOrCheck(
            _writer, _options.NewField, _options.Analyzer.Encoder, _options.Analyzer.Scale, _options.AllowOtherEncoder);
        using var workFolder = LockWorkFolder();
        FieldUserData.Replace(_writer, _options.NewField, (FieldUserData.VersionEntry, "true"));
        do
        {
            run.CancellationToken.ThrowIfCancellationRequested();
        }
        while (await UpgradeNextAsync(run).ConfigureAwait(false));
        FieldVersions.SetComplete(_writer, _options.NewField);
    }

    // Two upgrades would delete each other's vectors.
    private FileStream LockWorkFolder()
    {
        if (File.Exists(_options.WorkFolder))
        {
            throw new IOException($"The work folder {_options.WorkFolder} is a file. Name a folder.");
        }

        Directory.CreateDirectory(_options.WorkFolder);
        var path = Path.Combine(_options.WorkFolder, LockName);
        try
        {
            return File.Open(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new IOException(
                $"The work folder {_options.WorkFolder} cannot be locked. Each upgrade needs one of its own. "
                + exception.Message, exception);
        }
    }

    // Looks at each segment, up to the first that it has to encode. Returns false if all were complete.
    private async Task<bool> UpgradeNextAsync(UpgradeRun run)
    {
        using var reader = DirectoryReader.Open(_writer, applyAllDeletes: true);
        DeleteOldVectors(reader);
        var segments = reader.GetSegments().Where(segment => !run.IsDone(segment.SegmentName)).ToList();
        run.Remaining = segments.Sum(segment => (long)segment.NumDocs);
        foreach (var segment in segments)
        {
            var posted = PostedDocuments.Find(segment, _options.NewField);
            if (SegmentEncoding.IsNeeded(segment, posted))
            {
                reader.Dispose(); // it would keep the files of all segments while one is encoded
                await UpgradeAsync(segment.SegmentName, posted, run).ConfigureAwait(false);
                return true;
            }

            run.SetDone(segment);
            run.Remaining -= segment.NumDocs;
        }

        return false;
    }

    private async Task UpgradeAsync(string name, FixedBitSet posted, UpgradeRun run)
    {
        if (!_policy.TryReserve(name))
        {
            _policy.WaitForMerges();
            return;
        }

        try
        {
            using var encoding = TryOpen(name, posted, run);
            if (encoding is not null)
            {
                await UpgradeAsync(encoding, run).ConfigureAwait(false);
            }
        }
        finally
        {
            _policy.Release();
        }
    }

    // Null if a merge has replaced the segment.
    private SegmentEncoding? TryOpen(string name, FixedBitSet posted, UpgradeRun run)
    {
        using var reader = DirectoryReader.Open(_writer, applyAllDeletes: true);
        return reader.GetSegments().FirstOrDefault(segment => segment.SegmentName == name) is { } segment
            ? SegmentEncoding.Open(segment, posted, _options, run)
            : null;
    }

    private async Task UpgradeAsync(SegmentEncoding encoding, UpgradeRun run)
    {
        await encoding.RunAsync().ConfigureAwait(false);
        if (encoding.Vectors is { } vectors)
        {
            run.CountAttempt(encoding.Segment.SegmentName);
            Rewrite(encoding.Segment, vectors);
        }
        else
        {
            run.SetDone(encoding.Segment);
        }
    }

    private void Rewrite(SegmentReader segment, SegmentVectors vectors)
    {
        using var reader = vectors.OpenTerms(segment.MaxDoc, out var terms);
        var field = _options.NewField;
        _policy.Run(segment.SegmentName, current =>
            new ImpactOverlayReader(current, field, CombinedTerms.Combine(current.GetTerms(field), terms)!));
    }

    // Vectors of a segment that was rewritten are needed until the application commits.
    private void DeleteOldVectors(DirectoryReader reader)
    {
        if (TryReadCommit() is { } commit)
        {
            var segments = reader.GetSegments().Select(segment => segment.SegmentName)
                .Concat(commit.Segments.Select(segment => segment.Info.Name));
            SegmentVectors.DeleteOthers(_options.WorkFolder, segments.ToHashSet());
        }
    }

    // Null if there is none, or it cannot be read because the application is writing it.
    private SegmentInfos? TryReadCommit()
    {
        try
        {
            var commit = new SegmentInfos();
            commit.Read(_writer.Directory);
            return commit;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
