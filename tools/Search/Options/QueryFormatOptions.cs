using System.CommandLine;
using System.Diagnostics;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.VectorFiles.Formats;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Options for the queries of Elasticsearch and OpenSearch.</summary>
internal sealed class QueryFormatOptions
{
    private readonly Option<int?> _size = new Option<int?>("--size")
    {
        Description = "Number of hits per query. Responses then have ids and scores only (default of the engine 10, "
            + "with sources).",
    }.Require(size => size is null or >= 1, "at least 1");

    private readonly Option<float> _boost = new Option<float>("--boost")
    {
        Description = "Factor of the scores, to weigh a query against BM25 in one search.",
        DefaultValueFactory = _ => 1,
    }.Require(boost => boost is > 0 and < float.PositiveInfinity, "greater than 0");

    private readonly Option<int> _topTerms = new Option<int>("--seismic-top-terms")
    {
        Description = "Query terms whose postings OpenSearch's sparse_vector visits in large segments.",
        DefaultValueFactory = _ => 10,
    }.Require(terms => terms >= 1, "at least 1");

    private readonly Option<float> _heapFactor = new Option<float>("--seismic-heap-factor")
    {
        Description = "Recall of OpenSearch's sparse_vector in large segments, at the cost of speed.",
        DefaultValueFactory = _ => 1,
    }.Require(factor => factor is > 0 and < float.PositiveInfinity, "greater than 0");

    /// <summary>Adds the options to a command.</summary>
    public QueryFormatOptions(Command command)
    {
        command.Add(_size);
        command.Add(_boost);
        command.Add(_topTerms);
        command.Add(_heapFactor);
    }

    /// <summary>Creates a format of queries.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="format">The name of a format of Elasticsearch or OpenSearch.</param>
    /// <param name="index">The index, or null if the URL of the request names it.</param>
    /// <param name="field">The vector field.</param>
    public MultiSearchFormat Create(ParseResult parsed, string format, string? index, string field)
    {
        var (size, boost) = (parsed.GetValue(_size), parsed.GetValue(_boost));
        return format switch
        {
            FormatNames.Elasticsearch => new SparseVectorQueryFormat(index, field) { Size = size, Boost = boost },
            FormatNames.RankFeatures => new RankFeatureQueryFormat(index, field) { Size = size, Boost = boost },
            FormatNames.OpenSearch => new NeuralSparseQueryFormat(index, field) { Size = size, Boost = boost },
            FormatNames.OpenSearchSparseVector => new NeuralSparseQueryFormat(index, field)
            {
                Size = size,
                Boost = boost,
                Seismic = new(size ?? 10, parsed.GetValue(_topTerms), parsed.GetValue(_heapFactor)),
            },
            _ => throw new UnreachableException($"Unknown format {format}."),
        };
    }

    /// <summary>Gets the name and the value of each option.</summary>
    public IEnumerable<(string Name, string Value)> GetValues(ParseResult parsed) =>
    [
        (_size.Name, FormattableString.Invariant($"{parsed.GetValue(_size)}")),
        (_boost.Name, FormattableString.Invariant($"{parsed.GetValue(_boost)}")),
        (_topTerms.Name, FormattableString.Invariant($"{parsed.GetValue(_topTerms)}")),
        (_heapFactor.Name, FormattableString.Invariant($"{parsed.GetValue(_heapFactor)}")),
    ];
}
