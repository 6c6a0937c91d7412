using System.CommandLine;
using System.Diagnostics;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.VectorFiles.Mappings;
using LuceneLsr.VectorFiles.Precisions;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Options for the index settings and mapping of Elasticsearch and OpenSearch.</summary>
internal sealed class MappingOptions
{
    private readonly Option<string> _field = FieldOption.Create("Vector field.");

    private readonly Option<int> _shards = new Option<int>("--shards")
    {
        Description = "Number of primary shards. 30 to 50 GB of index per shard are usual.",
        DefaultValueFactory = _ => 1,
    }.Require(shards => shards >= 1, "at least 1");

    private readonly Option<int> _replicas = new Option<int>("--replicas")
    {
        Description = "Number of replicas once the documents are loaded.",
        DefaultValueFactory = _ => 1,
    }.Require(replicas => replicas >= 0, "at least 0");

    private readonly Option<bool> _excludeVectors = new("--exclude-vectors")
    {
        Description = "Leave the vectors out of _source. That saves disk, but partial updates and a reindex lose them.",
    };

    private readonly PerSide<Option<float?>> _ceilings = new(CreateCeiling("query"), CreateCeiling("document"));

    /// <summary>Adds the options to a command.</summary>
    public MappingOptions(Command command)
    {
        command.Add(_field);
        command.Add(_shards);
        command.Add(_replicas);
        command.Add(_excludeVectors);
        command.Add(_ceilings.Document);
        command.Add(_ceilings.Query);
    }

    /// <summary>Gets the vector field.</summary>
    public string GetField(ParseResult parsed) => parsed.GetValue(_field)!;

    /// <summary>Gets the ceilings, or null if neither is given.</summary>
    public QuantizationCeilings? GetCeilings(ParseResult parsed)
    {
        var (query, document) = (parsed.GetValue(_ceilings.Query), parsed.GetValue(_ceilings.Document));
        return query is null && document is null
            ? null
            : new(document ?? QuantizationCeilings.Default.Documents, query ?? QuantizationCeilings.Default.Queries);
    }

    /// <summary>Creates a mapping.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="format">The name of a format of Elasticsearch or OpenSearch.</param>
    public IndexMapping Create(ParseResult parsed, string format) => new(GetType(format), GetField(parsed))
    {
        Shards = parsed.GetValue(_shards),
        Replicas = parsed.GetValue(_replicas),
        ExcludesVectors = parsed.GetValue(_excludeVectors),
        Ceilings = GetCeilings(parsed) ?? QuantizationCeilings.Default,
    };

    private static VectorFieldType GetType(string format) => format switch
    {
        FormatNames.Elasticsearch => VectorFieldType.ElasticsearchSparseVector,
        FormatNames.OpenSearch or FormatNames.RankFeatures => VectorFieldType.RankFeatures,
        FormatNames.OpenSearchSparseVector => VectorFieldType.OpenSearchSparseVector,
        _ => throw new UnreachableException($"Unknown format {format}."),
    };

    private static Option<float?> CreateCeiling(string side) => new Option<float?>($"--{side}-ceiling")
    {
        Description = $"Largest {side} weight that OpenSearch's sparse_vector tells apart.",
    }.Require(ceiling => ceiling is null or (> 0 and < float.PositiveInfinity), "greater than 0");
}
