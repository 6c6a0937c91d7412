using Lucene.Net.Index;

namespace LuceneLsr.Upgrades;

/// <summary>
/// Lets an <see cref="EncoderUpgrade"/> rewrite the segments of a live index, one by one, as merges of one segment.
/// Otherwise it does what another policy does. Set it in the configuration of the index writer.
/// </summary>
/// <remarks>
/// The other policy does not see the segment that is being encoded. A policy that merges neighbors, such as a
/// <see cref="LogDocMergePolicy"/>, may therefore change the order of documents.
/// </remarks>
/// <param name="inner">The policy of all other merges.</param>
public sealed class SegmentRewritePolicy(MergePolicy inner) : MergePolicy
{
    // All are guarded by the lock of the writer, under which it asks for merges.
    private string? _reserved;
    private (string Segment, Func<AtomicReader, AtomicReader> Create)? _rewrite;
    private bool _isBusy;

    private readonly MergePolicy _inner = inner ?? throw new ArgumentNullException(nameof(inner));

    private IndexWriter Writer => m_writer.Get();

    /// <inheritdoc/>
    public override void SetIndexWriter(IndexWriter writer)
    {
        base.SetIndexWriter(writer);
        _inner.SetIndexWriter(writer);
    }

    /// <inheritdoc/>
    public override MergeSpecification? FindMerges(MergeTrigger mergeTrigger, SegmentInfos segmentInfos)
    {
        ArgumentNullException.ThrowIfNull(segmentInfos);
        var merges = _inner.FindMerges(mergeTrigger, WithoutReserved(segmentInfos));
        foreach (var segment in segmentInfos.Segments)
        {
            if (segment.Info.Name == _rewrite?.Segment && !Writer.MergingSegments.Contains(segment))
            {
                merges ??= new MergeSpecification();
                merges.Add(new Rewrite(segment, this));
            }
        }

        return merges;
    }

    /// <inheritdoc/>
    public override MergeSpecification? FindForcedMerges(
        SegmentInfos segmentInfos, int maxSegmentCount, IDictionary<SegmentCommitInfo, bool> segmentsToMerge) =>
        _inner.FindForcedMerges(WithoutReserved(segmentInfos), maxSegmentCount, segmentsToMerge);

    /// <inheritdoc/>
    public override MergeSpecification? FindForcedDeletesMerges(SegmentInfos segmentInfos) =>
        _inner.FindForcedDeletesMerges(WithoutReserved(segmentInfos));

    /// <inheritdoc/>
    public override bool UseCompoundFile(SegmentInfos infos, SegmentCommitInfo mergedInfo) =>
        _inner.UseCompoundFile(infos, mergedInfo);

    /// <inheritdoc/>
    public override object Clone() => new SegmentRewritePolicy((MergePolicy)_inner.Clone());

    /// <summary>Gets the policy of a writer.</summary>
    /// <exception cref="InvalidOperationException">The writer has another policy, or never merges.</exception>
    internal static SegmentRewritePolicy Get(IndexWriter writer)
    {
        if (writer.Config.MergeScheduler is NoMergeScheduler)
        {
            throw new InvalidOperationException(
                "The index writer cannot rewrite segments, because its MergeScheduler runs no merges. Use another one.");
        }

        return writer.Config.MergePolicy as SegmentRewritePolicy ?? throw new InvalidOperationException(
            "The index writer cannot rewrite segments. Open it with a configuration whose MergePolicy is a "
            + "SegmentRewritePolicy: config.MergePolicy = new SegmentRewritePolicy(config.MergePolicy).");
    }

    /// <summary>Begins a series of rewrites, which ends when the returned object is disposed.</summary>
    /// <exception cref="InvalidOperationException">Another series has begun.</exception>
    internal IDisposable Begin()
    {
        lock (Writer)
        {
            if (_isBusy)
            {
                throw new InvalidOperationException(
                    "An upgrade or a drop of this index writer is running. Wait until it has ended.");
            }

            _isBusy = true;
        }

        return new Series(this);
    }

    /// <summary>Keeps a segment out of other merges. Returns false if one has begun.</summary>
    internal bool TryReserve(string segment)
    {
        lock (Writer)
        {
            var isFree = Writer.MergingSegments.All(merging => merging.Info.Name != segment);
            _reserved = isFree ? segment : null;
            return isFree;
        }
    }

    /// <summary>Makes the reserved segment available to other merges again.</summary>
    internal void Release()
    {
        lock (Writer)
        {
            _reserved = null;
        }
    }

    /// <summary>
    /// Rewrites a segment and waits for it. A segment that another merge takes first, or whose merge fails on another
    /// thread, stays as it is.
    /// </summary>
    /// <param name="segment">The name of the segment.</param>
    /// <param name="create">Returns what the segment, which may have lost documents meanwhile, is rewritten to.</param>
    internal void Run(string segment, Func<AtomicReader, AtomicReader> create)
    {
        SetRewrite((segment, create));
        try
        {
            WaitForMerges();
        }
        finally
        {
            SetRewrite(null);
        }
    }

    /// <summary>Runs the merges that are due and waits for all.</summary>
    internal void WaitForMerges()
    {
        Writer.MaybeMerge();
        Writer.WaitForMerges();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }
    }

    private void SetRewrite((string, Func<AtomicReader, AtomicReader>)? rewrite)
    {
        lock (Writer)
        {
            _rewrite = rewrite;
        }
    }

    // After an error, a merge may begin when its rewrite is over. Then the segment is copied as it is.
    private AtomicReader CreateReader(string segment, AtomicReader reader)
    {
        lock (Writer)
        {
            return _rewrite is { } rewrite && rewrite.Segment == segment ? rewrite.Create(reader) : reader;
        }
    }

    private SegmentInfos WithoutReserved(SegmentInfos infos)
    {
        var others = new SegmentInfos();
        others.AddAll(infos.Segments.Where(
            segment => segment.Info.Name != _reserved && segment.Info.Name != _rewrite?.Segment));
        return others;
    }

    private sealed class Rewrite(SegmentCommitInfo segment, SegmentRewritePolicy policy) : OneMerge([segment])
    {
        public override IList<AtomicReader> GetMergeReaders() =>
            [.. base.GetMergeReaders().Select(reader => policy.CreateReader(segment.Info.Name, reader))];
    }

    private sealed class Series(SegmentRewritePolicy policy) : IDisposable
    {
        public void Dispose()
        {
            lock (policy.Writer)
            {
                policy._isBusy = false;
            }
        }
    }
}
