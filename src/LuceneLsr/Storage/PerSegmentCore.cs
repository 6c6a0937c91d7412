using System.Runtime.CompilerServices;
using Lucene.Net.Index;

namespace LuceneLsr.Storage;

/// <summary>Something for each segment core, told when the last reader of the core is disposed.</summary>
/// <param name="create">Makes one; of several made at once for a core, one is kept.</param>
internal sealed class PerSegmentCore<T>(Func<T> create)
    where T : class, SegmentReader.ICoreDisposedListener
{
    private readonly ConditionalWeakTable<object, T> _cores = [];

    /// <summary>What a segment's core has.</summary>
    /// <exception cref="ObjectDisposedException">The reader is closed.</exception>
    public T Of(SegmentReader segment)
    {
        if (_cores.TryGetValue(segment.CoreCacheKey, out var known))
        {
            return known;
        }

        var added = create();
        segment.AddCoreDisposedListener(added); // first, for it refuses a closed reader
        return _cores.GetValue(segment.CoreCacheKey, _ => added);
    }
}
