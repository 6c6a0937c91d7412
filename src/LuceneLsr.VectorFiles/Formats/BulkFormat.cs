using System.Buffers;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Writes documents as lines of a bulk request (<c>_bulk</c>) to Elasticsearch or OpenSearch, two per document: the
/// action <c>{"index": {"_index": "docs", "_id": "d1"}}</c> and the source <c>{"contents": "a text", "vector": {"term":
/// 1.5}}</c>. Map the vector field beforehand as rank_features or, in Elasticsearch 8.11 or later, as sparse_vector.
/// Both store nine significant bits of a weight, a relative error of 0.4 %.
/// </summary>
/// <remarks>The sparse_vector type of OpenSearch 3.3 is different: its tokens are integers.</remarks>
/// <param name="index">The index, or null if the URL of the request names it.</param>
/// <param name="field">The vector field. It must not be "contents", the field of the text.</param>
public sealed class BulkFormat(string? index, string field) : IVectorFormat
{
    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> output, VectorRecord record)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(record);
        JsonLine.Write(output, json =>
        {
            json.WriteStartObject("index");
            if (index is not null)
            {
                json.WriteString("_index", index);
            }

            json.WriteString("_id", record.Id);
            json.WriteEndObject();
        });
        JsonLine.Write(output, json =>
        {
            json.WriteString("contents", record.Contents);
            json.WriteWeights(field, FeatureNames.Escape(record.Vector));
        });
    }
}
