using System.Buffers;
using System.Text;
using LuceneLsr.VectorFiles.Precisions;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>
/// Writes documents as lines of a bulk request (<c>_bulk</c>) to Elasticsearch or OpenSearch, two per document: the
/// action <c>{"index": {"_index": "docs", "_id": "d1"}}</c> and the source <c>{"contents": "a text", "vector": {"term":
/// 1.5}}</c>. Map the vector field beforehand as rank_features or, in Elasticsearch 8.11 or later, as sparse_vector
/// (<see cref="Mappings.IndexMapping"/>). Both store nine significant bits of a weight, a relative error of 0.4 %. A
/// document without terms has no vector field. Weights below the smallest normal float, which both reject, are left
/// out.
/// </summary>
/// <remarks>
/// The sparse_vector type of OpenSearch 3.3 is different: its tokens are integers. See <see cref="TokenFormat"/>.
/// </remarks>
/// <param name="index">The index, or null if the URL of the request names it.</param>
/// <param name="field">The vector field. It must not be "contents", the field of the text.</param>
public sealed class BulkFormat(string? index, string field) : IVectorFormat
{
    private const int MaxIdBytes = 512; // of both engines

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">
    /// The id is empty or longer than 512 bytes in UTF-8, or a term is longer than 32,766 bytes.
    /// </exception>
    public void Write(IBufferWriter<byte> output, VectorRecord record)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(record);
        if (Encoding.UTF8.GetByteCount(record.Id) is < 1 or > MaxIdBytes)
        {
            throw new InvalidDataException(
                $"Document '{record.Id}': Elasticsearch and OpenSearch need ids of 1 to {MaxIdBytes} bytes. Rename it.");
        }

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
            TermWeight[] features =
                [.. FeatureNames.Escape(record).Where(feature => feature.Weight >= FeatureFieldPrecision.MinWeight)];
            if (features.Length > 0)
            {
                json.WriteWeights(field, features);
            }
        });
    }
}
