using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Caching.Hybrid;

namespace LuceneLsr.Hosting.Caching;

/// <summary>Writes vectors as JSON: for a distributed cache, and because the cache measures entries by it.</summary>
internal sealed partial class SparseVectorSerializer : IHybridCacheSerializer<SparseVector>
{
    public SparseVector Deserialize(ReadOnlySequence<byte> source)
    {
        var reader = new Utf8JsonReader(source);
        return new SparseVector(JsonSerializer.Deserialize(ref reader, Json.Default.IReadOnlyListTermWeight)!);
    }

    public void Serialize(SparseVector value, IBufferWriter<byte> target)
    {
        using var writer = new Utf8JsonWriter(target);
        JsonSerializer.Serialize(writer, value.Entries, Json.Default.IReadOnlyListTermWeight);
    }

    [JsonSerializable(typeof(IReadOnlyList<TermWeight>))]
    private sealed partial class Json : JsonSerializerContext;
}
