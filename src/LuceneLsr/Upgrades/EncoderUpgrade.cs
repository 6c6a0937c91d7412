using Lucene.Net.Index;
using LuceneLsr.Indexing;

namespace LuceneLsr.Upgrades;

/// <summary>
/// Fills a new field of a live index with the vectors of a new encoder, in the background, while the application goes
/// on to search, update and delete.
/// </summary>
/// <remarks>
/// <para>Each segment is encoded into the work folder, then rewritten with the new field by a merge of the index writer,
/// which applies the updates and deletions of the meantime. Documents are not indexed again, so fields that are not
/// stored stay as they are. Documents that have the new field already are not encoded, so the application may fill it
/// for new documents.</para>
/// <para>The upgrade never commits. After a restart, it goes on with what the application has committed and with the
/// work folder.</para>
/// </remarks>
public sealed class EncoderUpgrade
{
    private readonly IndexWriter _writer;
    private readonly EncoderUpgradeOptions _options;
    private readonly SegmentRewritePolicy _policy;

    /// <summary>Creates the upgrade.</summary>
    /// <param name="writer">The index writer, whose merge policy is a <see cref="SegmentRewritePolicy"/>.</param>
    /// <param name="options">The fields, the new encoder and the work folder.</param>
    /// <exception cref="ArgumentException">Both fields are the same.</exception>
    /// <exception cref="InvalidOperationException">The writer has another merge policy.</exception>
    public EncoderUpgrade(IndexWriter writer, EncoderUpgradeOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Field == options.NewField)
        {
            throw new ArgumentException(
                $"The new field is '{options.NewField}', as the former one. Fields of two encoders need two names.",
                nameof(options));
        }

        (_writer, _options, _policy) = (writer, options, SegmentRewritePolicy.Of(writer));
    }

    /// <summary>
    /// Encodes and rewrites all segments, on another thread, until every document of the index has the new field.
    /// </summary>
    /// <param name="progress">Is told after each batch of documents.</param>
    /// <param name="cancellationToken">Stops the upgrade after a batch. What was encoded is kept.</param>
    /// <exception cref="InvalidOperationException">
    /// Something else filled the new field, or a document's text is not stored.
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
        LsrIndexStamp.WriteOrCheck(_writer, _options.NewField, _options.Analyzer.Encoder, _options.Analyzer.Scale);
        Directory.CreateDirectory(_options.WorkFolder);
        DeleteOldVectors();
        while (await UpgradeNextAsync(run).ConfigureAwait(false))
        {
        }
    }

    // Looks at each segment, up to the first that it has to rewrite. Returns false if all were complete.
    private async Task<bool> UpgradeNextAsync(UpgradeRun run)
    {
        using var reader = DirectoryReader.Open(_writer, applyAllDeletes: true);
        var segments = reader.Leaves.Select(leaf => (SegmentReader)leaf.AtomicReader)
            .Where(segment => !run.IsDone(segment.SegmentName)).ToList();
        run.Remaining = segments.Sum(segment => (long)segment.NumDocs);
        var isComplete = true;
        foreach (var segment in segments)
        {
            using var encoding = new SegmentEncoding(segment, _options, run);
            if (!encoding.IsNeeded)
            {
                run.SetDone(segment);
                continue;
            }

            isComplete = false;
            if (!_policy.TryReserve(segment.SegmentName))
            {
                _writer.WaitForMerges();
            }
            else if (await UpgradeAsync(encoding, run).ConfigureAwait(false))
            {
                break;
            }
        }

        return !isComplete;
    }

    // Returns whether a segment that is reserved needed to be rewritten.
    private async Task<bool> UpgradeAsync(SegmentEncoding encoding, UpgradeRun run)
    {
        var segment = encoding.Segment;
        try
        {
            await encoding.RunAsync().ConfigureAwait(false);
            if (encoding.Vectors is not { } vectors)
            {
                run.SetDone(segment);
                return false;
            }

            run.CountAttempt(segment.SegmentName);
            Rewrite(segment, vectors);
            return true;
        }
        finally
        {
            _policy.Release(segment.SegmentName);
        }
    }

    private void Rewrite(SegmentReader segment, SegmentVectors vectors)
    {
        using var reader = vectors.OpenTerms(segment.MaxDoc, out var terms);
        var field = _options.NewField;
        _policy.Run([segment.SegmentName], current =>
            new ImpactOverlayReader(current, field, CombinedTerms.Combine(current.GetTerms(field), terms)!));
    }

    // Vectors of a segment that was rewritten are needed until the application commits.
    private void DeleteOldVectors()
    {
        if (TryReadCommit() is not { } commit)
        {
            return;
        }

        using var reader = DirectoryReader.Open(_writer, applyAllDeletes: true);
        var segments = reader.Leaves.Select(leaf => ((SegmentReader)leaf.AtomicReader).SegmentName)
            .Concat(commit.Segments.Select(segment => segment.Info.Name));
        SegmentVectors.DeleteOthers(_options.WorkFolder, segments.ToHashSet());
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
