namespace LuceneLsr.VectorFiles.Mappings;

/// <summary>A field type for sparse vectors.</summary>
public enum VectorFieldType
{
    /// <summary>sparse_vector of Elasticsearch 8.19, 9.1 or later.</summary>
    ElasticsearchSparseVector,

    /// <summary>rank_features of Elasticsearch or OpenSearch.</summary>
    RankFeatures,

    /// <summary>sparse_vector of OpenSearch 3.3 or later, whose tokens are integers.</summary>
    OpenSearchSparseVector,
}
