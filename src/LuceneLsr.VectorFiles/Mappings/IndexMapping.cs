using System.Diagnostics;
using System.Text.Json.Nodes;
using LuceneLsr.VectorFiles.Formats;
using LuceneLsr.VectorFiles.Precisions;

namespace LuceneLsr.VectorFiles.Mappings;

/// <summary>
/// The settings and mapping of an index for the documents of <see cref="BulkFormat"/>: the text in <c>contents</c>,
/// which BM25 can search, and its vector. Other fields are rejected (<c>"dynamic": "strict"</c>), because a vector
/// under a wrong name would otherwise make one field per term.
/// </summary>
/// <param name="Type">The type of the vector field.</param>
/// <param name="Field">The vector field. It must not be "contents".</param>
public sealed record IndexMapping(VectorFieldType Type, string Field)
{
    /// <summary>Gets the number of primary shards. 30 to 50 GB of index per shard are usual.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>Gets the number of replicas once the documents are loaded.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>
    /// Gets whether <c>_source</c> leaves the vectors out. That saves disk, but then a partial update or a reindex
    /// inside the cluster loses them.
    /// </summary>
    public bool ExcludesVectors { get; init; }

    /// <summary>Gets the ceilings of <see cref="VectorFieldType.OpenSearchSparseVector"/>.</summary>
    public QuantizationCeilings Ceilings { get; init; } = QuantizationCeilings.Default;

    /// <summary>
    /// Returns the body of the request that creates the index (<c>PUT /index</c>), set up for loading: without replicas
    /// and without refreshing.
    /// </summary>
    public string ToCreationJson()
    {
        var index = new JsonObject
        {
            ["number_of_shards"] = Shards,
            ["number_of_replicas"] = 0,
            ["refresh_interval"] = "-1",
        };
        if (Type == VectorFieldType.OpenSearchSparseVector)
        {
            index["sparse"] = true;
        }

        return ReadableJson.Format<JsonObject>(new()
        {
            ["settings"] = new JsonObject { ["index"] = index },
            ["mappings"] = CreateMappings(),
        });
    }

    /// <summary>
    /// Returns the body of the request that prepares the loaded index for searches (<c>PUT /index/_settings</c>): with
    /// replicas and the engine's own refresh interval.
    /// </summary>
    public string ToServingJson() => ReadableJson.Format<JsonObject>(new()
    {
        ["index"] = new JsonObject { ["number_of_replicas"] = Replicas, ["refresh_interval"] = null },
    });

    private JsonObject CreateMappings()
    {
        var mappings = new JsonObject { ["dynamic"] = "strict" };
        if (ExcludesVectors)
        {
            mappings["_source"] = new JsonObject { ["excludes"] = new JsonArray(Field) };
        }

        mappings["properties"] = new JsonObject
        {
            ["contents"] = new JsonObject { ["type"] = "text" },
            [Field] = CreateField(),
        };
        return mappings;
    }

    private JsonObject CreateField() => Type switch
    {
        // Indices of 8.19, 9.1 or later otherwise prune frequent terms with thresholds tuned for another model.
        VectorFieldType.ElasticsearchSparseVector => new()
        {
            ["type"] = "sparse_vector",
            ["index_options"] = new JsonObject { ["prune"] = false },
        },
        VectorFieldType.RankFeatures => new() { ["type"] = "rank_features" },
        VectorFieldType.OpenSearchSparseVector => new()
        {
            ["type"] = "sparse_vector",
            ["method"] = new JsonObject
            {
                ["name"] = "seismic",
                ["parameters"] = new JsonObject
                {
                    ["quantization_ceiling_ingest"] = Ceilings.Documents,
                    ["quantization_ceiling_search"] = Ceilings.Queries,
                },
            },
        },
        _ => throw new UnreachableException(),
    };
}
