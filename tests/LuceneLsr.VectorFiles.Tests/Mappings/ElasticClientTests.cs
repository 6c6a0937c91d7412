using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Elastic.Clients.Elasticsearch;
using Elastic.Clients.Elasticsearch.Core.Bulk;
using Elastic.Clients.Elasticsearch.IndexManagement;
using Elastic.Clients.Elasticsearch.Mapping;
using Elastic.Clients.Elasticsearch.QueryDsl;
using Elastic.Transport;
using Elastic.Transport.Extensions;
using LuceneLsr.VectorFiles.Formats;
using LuceneLsr.VectorFiles.Mappings;

namespace LuceneLsr.VectorFiles.Tests.Mappings;

/// <summary>
/// Compares requests with those of Elasticsearch's own client. The client drops properties that it does not know, so
/// what it reads and writes again is equal only if every name is right.
/// </summary>
public class ElasticClientTests
{
    private static readonly ElasticsearchClient Client =
        new(new ElasticsearchClientSettings(new InMemoryRequestInvoker()));

    private static readonly SparseVector Vector = new([new("sports", .5f), new("new \"york\" é", .25f), new("a.b", .125f)]);

    [Theory]
    [InlineData(VectorFieldType.ElasticsearchSparseVector, true)]
    [InlineData(VectorFieldType.ElasticsearchSparseVector, false)]
    [InlineData(VectorFieldType.RankFeatures, true)]
    public void Mapping_is_that_of_the_client(VectorFieldType type, bool excludesVectors)
    {
        var mapping = new IndexMapping(type, "lsr") { Shards = 3, ExcludesVectors = excludesVectors };
        var created = JsonNode.Parse(mapping.ToCreationJson())!;
        AssertUnderstood<CreateIndexRequest>(created);

        var properties = AssertUnderstood<TypeMapping>(created["mappings"]!).Properties!;
        Assert.Equal(2, properties.Count());
        Assert.IsType<TextProperty>(properties["contents"]);
        if (type == VectorFieldType.RankFeatures)
        {
            Assert.IsType<RankFeaturesProperty>(properties["lsr"]);
        }
        else
        {
            Assert.False(Assert.IsType<SparseVectorProperty>(properties["lsr"]).IndexOptions!.Prune);
        }

        var settings = AssertUnderstood<IndexSettings>(created["settings"]!["index"]!);
        Assert.Equal(Duration.MinusOne, settings.RefreshInterval);
    }

    [Fact]
    public void Serving_settings_set_replicas_and_reset_the_refresh_interval()
    {
        var settings = JsonNode.Parse(
            new IndexMapping(VectorFieldType.RankFeatures, "lsr") { Replicas = 2 }.ToServingJson())!["index"]!.AsObject();
        Assert.True(settings.ContainsKey("refresh_interval") && settings["refresh_interval"] is null);
        Assert.Equal(2, (int)settings["number_of_replicas"]!);
    }

    /// <summary>OpenSearch, "Sparse vector": the client of OpenSearch has no type for it.</summary>
    [Fact]
    public void Mapping_of_OpenSearch_has_the_names_of_its_documentation()
    {
        var mapping = new IndexMapping(VectorFieldType.OpenSearchSparseVector, "lsr") { Ceilings = new(2.5f, 3) };
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(
                """
                {"settings": {"index": {
                    "number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1", "sparse": true}},
                 "mappings": {"dynamic": "strict", "properties": {"contents": {"type": "text"}, "lsr": {
                    "type": "sparse_vector", "method": {"name": "seismic", "parameters": {
                        "quantization_ceiling_ingest": 2.5, "quantization_ceiling_search": 3}}}}}}
                """),
            JsonNode.Parse(mapping.ToCreationJson())));
    }

    [Fact]
    public void Query_bodies_are_those_of_the_client()
    {
        var sparse = Search(new SparseVectorQueryFormat(null, "lsr") { Size = 5, Boost = 2 });
        Assert.Equal(false, sparse.SparseVector!.Prune);
        Assert.Equal((2, "lsr"), (sparse.SparseVector.Boost, sparse.SparseVector.Field.Name));
        Assert.Equal(
            [("sports", .5f), ("new \"york\" é", .25f), ("a%2Eb", .125f)],
            sparse.SparseVector.QueryVector!.Select(entry => (entry.Key, entry.Value)));

        var features = Search(new RankFeatureQueryFormat(null, "lsr") { Size = 5, Boost = 2 }).Bool!;
        Assert.Equal(2, features.Boost);
        Assert.Equal(
            [("lsr.sports", .5f), ("lsr.new \"york\" é", .25f), ("lsr.a%2Eb", .125f)],
            features.Should!.Select(clause => (clause.RankFeature!.Field.Name!, (float)clause.RankFeature.Boost!)));
        Assert.All(features.Should!, clause => Assert.NotNull(clause.RankFeature!.Linear));
    }

    [Fact]
    public void Bulk_lines_are_those_of_the_client()
    {
        var source = new Dictionary<string, object>
        {
            ["contents"] = "a \"text\"",
            ["lsr"] = new Dictionary<string, float> { ["sports"] = .5f, ["new \"york\" é"] = .25f, ["a%2Eb"] = .125f },
        };
        var request = new BulkRequest
        {
            Operations = new([new BulkIndexOperation<object>(source) { Index = "docs", Id = "d1" }]),
        };
        using var expected = new MemoryStream();
        Client.RequestResponseSerializer.Serialize(request, expected);
        Assert.Equal(
            Lines(Encoding.UTF8.GetString(expected.ToArray())),
            Lines(Write(new BulkFormat("docs", "lsr"), "a \"text\"")),
            JsonNode.DeepEquals);
    }

    private static Query Search(MultiSearchFormat format)
    {
        var body = Lines(Write(format, "")).Last();
        AssertUnderstood<SearchRequest>(body);
        return AssertUnderstood<Query>(body["query"]!);
    }

    private static T AssertUnderstood<T>(JsonNode json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json.ToJsonString()));
        var read = Client.RequestResponseSerializer.Deserialize<T>(stream)!;
        var written = JsonNode.Parse(Client.RequestResponseSerializer.SerializeToString(read))!;
        Assert.True(JsonNode.DeepEquals(Normalize(json.DeepClone()), Normalize(written)), written.ToJsonString());
        return read;
    }

    // The client writes the interval as a number, and a list of one as its only item.
    private static JsonNode Normalize(JsonNode node)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                members[name] = name == "refresh_interval" ? "-1"
                    : value is JsonArray { Count: 1 } list ? Normalize(list[0]!.DeepClone())
                    : value is JsonObject or JsonArray ? Normalize(value.DeepClone())
                    : value?.DeepClone();
            }
        }

        return node;
    }

    private static string Write(IVectorFormat format, string contents)
    {
        var output = new ArrayBufferWriter<byte>();
        format.Write(output, new("d1", contents, Vector));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static IEnumerable<JsonNode> Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!);
}
