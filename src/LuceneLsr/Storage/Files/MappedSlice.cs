using System.Buffers;
using System.Runtime.InteropServices;

namespace LuceneLsr.Storage.Files;

/// <summary>A part of a memory-mapped view. Pinning it keeps the view mapped.</summary>
/// <param name="view">The view.</param>
/// <param name="offset">Offset of the part in the view, in bytes.</param>
/// <param name="length">Length of the part in bytes.</param>
internal sealed unsafe class MappedSlice(SafeBuffer view, long offset, int length) : MemoryManager<byte>
{
    /// <inheritdoc/>
    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(view.IsClosed, this);
        return new((byte*)view.DangerousGetHandle() + offset, length);
    }

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        byte* start = null;
        view.AcquirePointer(ref start);
        return new MemoryHandle(start + offset + elementIndex, handle: default, pinnable: this);
    }

    /// <inheritdoc/>
    public override void Unpin() => view.ReleasePointer();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }
}
