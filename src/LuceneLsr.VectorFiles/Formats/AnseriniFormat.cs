using System.Buffers;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Writes Anserini's JsonVectorCollection, which Pyserini writes as well:
/// <c>{"id": "d1", "contents": "a text", "vector": {"term": 75}}</c>. <see cref="AnseriniVectors"/> reads it.
/// </summary>
/// <param name="scale">
/// Quantizes weights to impacts, as Anserini and Pyserini require: their indexer repeats a term as often as its weight
/// and truncates fractions (JsonVectorCollection.java). If null, weights are written unchanged.
/// </param>
public sealed class AnseriniFormat(ImpactScale? scale = null) : IVectorFormat
{
    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A term of impacts contains white space.</exception>
    public void Write(IBufferWriter<byte> output, VectorRecord record)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(record);
        if (scale is not null)
        {
            PretokenizedTerms.Require(record);
        }

        JsonLine.Write(output, json =>
        {
            json.WriteString("id", record.Id);
            json.WriteString("contents", record.Contents);
            json.WriteWeights("vector", (scale?.ToImpactVector(record.Vector) ?? record.Vector).Entries);
        });
    }
}
