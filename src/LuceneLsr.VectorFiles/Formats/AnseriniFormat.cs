using System.Buffers;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Anserini's JsonVectorCollection, which Pyserini writes too:
/// <c>{"id": "d1", "contents": "a text", "vector": {"term": 75}}</c>. <see cref="AnseriniVectors"/> reads it.
/// </summary>
/// <param name="scale">
/// Turns weights into impacts. Anserini and Pyserini need it: their indexer repeats a term as often as its weight says,
/// and cuts fractions off (JsonVectorCollection.java). Without a scale, weights are written as they are.
/// </param>
public sealed class AnseriniFormat(ImpactScale? scale = null) : IVectorFormat
{
    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> output, VectorRecord record)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(record);
        JsonLine.Write(output, json =>
        {
            json.WriteString("id", record.Id);
            json.WriteString("contents", record.Contents);
            json.WriteWeights("vector", (scale?.ToImpactVector(record.Vector) ?? record.Vector).Entries);
        });
    }
}
