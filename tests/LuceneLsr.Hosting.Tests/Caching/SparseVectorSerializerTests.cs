using System.Buffers;
using LuceneLsr.Hosting.Caching;

namespace LuceneLsr.Hosting.Tests.Caching;

public class SparseVectorSerializerTests
{
    [Fact]
    public void Deserialize_what_was_serialized_returns_equal_vector()
    {
        TermWeight[] entries =
        [
            new("movi", 1.2345678f), new("\"{},\\", float.Epsilon), new("naïve 映画 🎬", float.MaxValue),
            new("film", 0.1f), new("\u0001", 3),
        ];
        var vector = new SparseVector(entries);
        Assert.Equal(vector.Entries, RoundTrip(vector).Entries);
    }

    [Fact]
    public void Deserialize_empty_vector_returns_empty_vector() =>
        Assert.Empty(RoundTrip(SparseVector.Empty).Entries);

    private static SparseVector RoundTrip(SparseVector vector)
    {
        var serializer = new SparseVectorSerializer();
        var buffer = new ArrayBufferWriter<byte>();
        serializer.Serialize(vector, buffer);
        return serializer.Deserialize(new ReadOnlySequence<byte>(buffer.WrittenMemory));
    }
}
