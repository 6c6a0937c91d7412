using Lucene.Net.Index;

namespace LuceneLsr.Upgrades;

/// <summary>
/// Lets an <see cref="EncoderUpgrade"/> rewrite the segments of a live index, one by one, as merges of one segment.
/// Otherwise it does what another policy does. Set it in the configuration of the index writer.
/// </summary>
/// <param name="inner">The policy of all other merges.</param>
public sealed class SegmentRewritePolicy(MergePolicy inner) : MergePolicy
{
    // Both are guarded by the lock of the writer, under which it asks for merges.
    private readonly HashSet<string> _reserved = [];
    private readonly Dictionary<string, Func<AtomicReader, AtomicReader>> _rewrites = [];

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
            if (_rewrites.TryGetValue(segment.Info.Name, out var rewrite) && !Writer.MergingSegments.Contains(segment))
            {
                merges ??= new MergeSpecification();
                merges.Add(new Rewrite(segment, rewrite));
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
    /// <exception cref="InvalidOperationException">The writer has another policy.</exception>
    internal static SegmentRewritePolicy Of(IndexWriter writer) =>
        writer.Config.MergePolicy as SegmentRewritePolicy ?? throw new InvalidOperationException(
            "The index writer cannot rewrite segments. Open it with a configuration whose MergePolicy is a "
            + "SegmentRewritePolicy: config.MergePolicy = new SegmentRewritePolicy(config.MergePolicy).");

    /// <summary>Keeps a segment out of other merges. Returns false if one has begun.</summary>
    internal bool TryReserve(string segment)
    {
        lock (Writer)
        {
            return Writer.MergingSegments.All(merging => merging.Info.Name != segment) && _reserved.Add(segment);
        }
    }

    /// <summary>Lets other merges have a segment again.</summary>
    internal void Release(string segment)
    {
        lock (Writer)
        {
            _reserved.Remove(segment);
        }
    }

    /// <summary>
    /// Rewrites segments and waits for it. A segment that another merge takes first, or whose merge fails on another
    /// thread, stays as it is.
    /// </summary>
    /// <param name="segments">The names of the segments.</param>
    /// <param name="rewrite">Returns what a segment, which may have lost documents meanwhile, is rewritten to.</param>
    internal void Run(IReadOnlyList<string> segments, Func<AtomicReader, AtomicReader> rewrite)
    {
        SetRewrites(segments, rewrite);
        try
        {
            Writer.MaybeMerge();
            Writer.WaitForMerges();
        }
        finally
        {
            SetRewrites(segments, rewrite: null);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }
    }

    private void SetRewrites(IReadOnlyList<string> segments, Func<AtomicReader, AtomicReader>? rewrite)
    {
        lock (Writer)
        {
            foreach (var segment in segments)
            {
                _rewrites.Remove(segment);
                if (rewrite is not null)
                {
                    _rewrites.Add(segment, rewrite);
                }
            }
        }
    }

    private SegmentInfos WithoutReserved(SegmentInfos infos)
    {
        var others = new SegmentInfos();
        others.AddAll(infos.Segments.Where(
            segment => !_reserved.Contains(segment.Info.Name) && !_rewrites.ContainsKey(segment.Info.Name)));
        return others;
    }

    private sealed class Rewrite(SegmentCommitInfo segment, Func<AtomicReader, AtomicReader> rewrite)
        : OneMerge([segment])
    {
        public override IList<AtomicReader> GetMergeReaders() => [.. base.GetMergeReaders().Select(rewrite)];
    }
}
