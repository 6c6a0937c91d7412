using LuceneLsr.Codecs.Impact;
using LuceneLsr.Tools.Benchmarks.Workloads;

namespace LuceneLsr.Tools.Benchmarks.Queries;

/// <summary>A workload's documents, bulk-indexed once with each codec.</summary>
internal sealed class WorkloadIndexes : IDisposable
{
    private readonly List<WorkloadIndex> _created = [];

    public WorkloadIndexes(IWorkload workload, CancellationToken cancellation)
    {
        try
        {
            DefaultCodec = Add(WorkloadIndex.CreateInBulk("default codec", workload, codec: null, cancellation));
            ImpactCodec = Add(WorkloadIndex.CreateInBulk(
                "impact codec", workload, new ImpactCodec(WorkloadIndex.Field), cancellation));
            CompactCodec = Add(WorkloadIndex.CreateInBulk(
                "compact impact codec", workload,
                new ImpactCodec(new ImpactPostingsFormat(isCompact: true), WorkloadIndex.Field), cancellation));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public WorkloadIndex DefaultCodec { get; }

    public WorkloadIndex ImpactCodec { get; }

    public WorkloadIndex CompactCodec { get; }

    /// <summary>All of them, the default codec first.</summary>
    public IReadOnlyList<WorkloadIndex> All => _created;

    public void Dispose() => _created.ForEach(index => index.Dispose());

    private WorkloadIndex Add(WorkloadIndex index)
    {
        _created.Add(index);
        return index;
    }
}
