using System.CommandLine;
using System.Diagnostics;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.VectorFiles.Exports;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Options for the files of an engine.</summary>
internal sealed class ExportOptions
{
    private readonly Option<string> _format = new Option<string>("--format")
    {
        Description = "Engine and field type: elasticsearch (sparse_vector), rank-features (either engine), opensearch "
            + "(rank_features with neural_sparse), opensearch-sparse-vector, anserini (with Pyserini), csr (a matrix, "
            + "as benchmarks read it).",
        Required = true,
    }.Accept(
        FormatNames.Elasticsearch, FormatNames.RankFeatures, FormatNames.OpenSearch, FormatNames.OpenSearchSparseVector,
        FormatNames.Anserini, FormatNames.Csr);

    private readonly Option<string> _index = new("--index")
    {
        Description = "Name of the index in load.sh.",
        DefaultValueFactory = _ => "documents",
    };

    private readonly Option<int> _requestMegabytes = new Option<int>("--request-megabytes")
    {
        Description = "Largest size of a bulk request. Clusters accept 100 by default; 5 to 15 are recommended.",
        DefaultValueFactory = _ => 10,
    }.Require(megabytes => megabytes >= 1, "at least 1");

    private readonly Option<int?> _maxTerms = new Option<int?>("--max-terms")
    {
        Description = "Keep only so many of the most frequent terms of the corpus, for opensearch-sparse-vector (at "
            + "most 32768) and csr (default all).",
    }.Require(terms => terms is null or >= 1, "at least 1");

    private readonly ImpactScaleOptions _scale;
    private readonly MappingOptions _mapping;
    private readonly QueryFormatOptions _queries;

    /// <summary>Adds the options to a command.</summary>
    public ExportOptions(Command command)
    {
        command.Add(_format);
        command.Add(_index);
        command.Add(_requestMegabytes);
        command.Add(_maxTerms);
        _scale = new(command);
        _mapping = new(command);
        _queries = new(command);
    }

    /// <summary>Creates the export.</summary>
    public IVectorExport Create(ParseResult parsed)
    {
        var format = parsed.GetValue(_format)!;
        return format switch
        {
            FormatNames.Anserini => new AnseriniExport(_scale.Load(parsed)),
            FormatNames.Csr => new CsrExport { MaxTerms = parsed.GetValue(_maxTerms) },
            FormatNames.OpenSearchSparseVector => new TokenExport(_mapping.Create(parsed, format), CreateForCluster())
            {
                MaxTerms = parsed.GetValue(_maxTerms),
                Ceilings = _mapping.GetCeilings(parsed),
            },
            FormatNames.Elasticsearch or FormatNames.OpenSearch or FormatNames.RankFeatures => CreateForCluster(),
            _ => throw new UnreachableException($"Unknown format {format}."),
        };

        ClusterExport CreateForCluster() => new(
            _mapping.Create(parsed, format),
            parsed.GetValue(_index)!,
            _queries.Create(parsed, format, index: null, _mapping.GetField(parsed)))
        {
            MaxRequestBytes = parsed.GetValue(_requestMegabytes) * 1_000_000L,
        };
    }
}
