using System.Diagnostics;
using Microsoft.Extensions.Caching.Memory;

namespace LuceneLsr.Playground.Searching;

/// <summary>
/// Encodes queries, and keeps the vectors of the last ones, because every dial searches the same text.
/// </summary>
/// <param name="encoder">The encoder. The caller owns it.</param>
internal sealed class QueryVectors(ISparseEncoder encoder) : IDisposable
{
    private const int Capacity = 500;

    private readonly MemoryCache _vectors = new(new MemoryCacheOptions { SizeLimit = Capacity });

    /// <summary>Encodes a text.</summary>
    /// <returns>The vector, and the time that it took, which is zero for a cached one.</returns>
    public (SparseVector Vector, TimeSpan Time) Encode(string text, CancellationToken cancellationToken)
    {
        if (_vectors.TryGetValue(text, out SparseVector? known))
        {
            return (known!, TimeSpan.Zero);
        }

        var start = Stopwatch.GetTimestamp();
        var vector = encoder.Encode(text, TextSide.Query, cancellationToken);
        _vectors.Set(text, vector, new MemoryCacheEntryOptions { Size = 1 });
        return (vector, Stopwatch.GetElapsedTime(start));
    }

    /// <inheritdoc/>
    public void Dispose() => _vectors.Dispose();
}
