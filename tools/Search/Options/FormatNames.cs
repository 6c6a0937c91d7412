namespace LuceneLsr.Tools.Search.Options;

/// <summary>The names of vector formats.</summary>
internal static class FormatNames
{
    public const string Jsonl = "jsonl";
    public const string Anserini = "anserini";
    public const string AnseriniTopics = "anserini-topics";
    public const string Elasticsearch = "elasticsearch";
    public const string OpenSearch = "opensearch";
    public const string OpenSearchSparseVector = "opensearch-sparse-vector";
    public const string RankFeatures = "rank-features";
    public const string Csr = "csr";
}
