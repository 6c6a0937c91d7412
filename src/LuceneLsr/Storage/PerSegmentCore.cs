using System.Runtime.CompilerServices;
using Lucene.Net.Index;

namespace LuceneLsr.Storage;

/// <summary>
/// Holds one object per segment core, the part that all readers of a segment share. The object is notified when the
/// last reader of its core is disposed.
/// </summary>
/// <param name="create">
/// Creates the object of a core. Threads may race to create one for the same core; only one object is kept.
/// </param>
internal sealed class PerSegmentCore<T>(Func<T> create)
    where T : class, SegmentReader.ICoreDisposedListener
{
    private readonly ConditionalWeakTable<object, T> _cores = [];

    /// <summary>Gets the object of a segment's core, creating it on the first call.</summary>
    /// <exception cref="ObjectDisposedException">The reader is closed.</exception>
    public T GetOrCreate(SegmentReader segment)
    {
        if (_cores.TryGetValue(segment.CoreCacheKey, out var existing))
        {
            return existing;
        }

        var created = create();
        segment.AddCoreDisposedListener(created); // before it is kept: throws if the reader is closed
        return _cores.GetValue(segment.CoreCacheKey, _ => created);
    }
}
