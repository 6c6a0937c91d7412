using System.Buffers;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Documents as lines of a bulk request (<c>_bulk</c>) to Elasticsearch or OpenSearch, two a document: the action
/// <c>{"index": {"_index": "docs", "_id": "d1"}}</c> and the source
/// <c>{"contents": "a text", "vector": {"term": 1.5}}</c>. The vector's field is mapped beforehand, as rank_features
/// or, in Elasticsearch since 8.11, sparse_vector. Both keep nine significant bits of a weight: a relative error of
/// 0.4 %.
/// </summary>
/// <remarks>OpenSearch's sparse_vector (3.3) is something else: its tokens are integers.</remarks>
/// <param name="index">The index; null where the request's address names it.</param>
/// <param name="field">The vector's field; "contents" is taken by the text.</param>
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
            json.WriteWeights(field, FeatureNames.Of(record.Vector));
        });
    }
}
