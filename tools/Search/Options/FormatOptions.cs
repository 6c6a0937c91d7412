using System.CommandLine;
using System.Diagnostics;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.VectorFiles.Formats;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Options for the file format of vectors.</summary>
internal sealed class FormatOptions
{
    private const string Jsonl = "jsonl";
    private const string Anserini = "anserini";
    private const string AnseriniTopics = "anserini-topics";
    private const string Elasticsearch = "elasticsearch";
    private const string OpenSearch = "opensearch";
    private const string RankFeatures = "rank-features";

    private readonly Option<string> _format = new("--format")
    {
        Description = "Output format. jsonl: {id, contents, vector}, readable by eval. anserini: the same with integer "
            + "impacts, for Anserini and Pyserini. anserini-topics: queries for Anserini and Pyserini. elasticsearch "
            + "(sparse_vector), opensearch (neural_sparse), rank-features (either engine): lines for _bulk, or for "
            + "_msearch with --side query.",
        DefaultValueFactory = _ => Jsonl,
    };

    private readonly Option<string?> _index = new("--index")
    {
        Description = "Index name in _bulk or _msearch lines (default none: the request URL names it).",
    };

    private readonly Option<string> _field = new Option<string>("--field")
    {
        Description = "Vector field in _bulk or _msearch lines.",
        DefaultValueFactory = _ => "vector",
    }.Require(field => field is not (null or "" or "contents"), "a name other than contents, which is the text field");

    /// <summary>Adds the options to a command.</summary>
    public FormatOptions(Command command)
    {
        _format.Accept(Jsonl, Anserini, AnseriniTopics, Elasticsearch, OpenSearch, RankFeatures);
        command.Add(_format);
        command.Add(_index);
        command.Add(_field);
    }

    /// <summary>Creates the format.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="side">The side of the texts.</param>
    /// <param name="scale">The scale that turns weights into impacts.</param>
    /// <exception cref="ArgumentException">The format does not support this side.</exception>
    public IVectorFormat Create(ParseResult parsed, TextSide side, ImpactScale scale)
    {
        var (index, field) = (parsed.GetValue(_index), parsed.GetValue(_field)!);
        return (parsed.GetValue(_format), side) switch
        {
            (Jsonl, _) => new AnseriniFormat(),
            (Anserini, _) => new AnseriniFormat(scale),
            (AnseriniTopics, TextSide.Query) => new AnseriniTopicsFormat(scale),
            (AnseriniTopics, _) => throw new ArgumentException(
                $"The format {AnseriniTopics} is for queries. Add --side query."),
            (Elasticsearch or OpenSearch or RankFeatures, TextSide.Document) => new BulkFormat(index, field),
            (Elasticsearch, _) => new SparseVectorQueryFormat(index, field),
            (OpenSearch, _) => new NeuralSparseQueryFormat(index, field),
            (RankFeatures, _) => new RankFeatureQueryFormat(index, field),
            var (format, _) => throw new UnreachableException($"Unknown format {format}."),
        };
    }

    /// <summary>Gets the name and the value of each option.</summary>
    public IEnumerable<(string Name, string Value)> GetValues(ParseResult parsed) =>
    [
        (_format.Name, parsed.GetValue(_format)!),
        (_index.Name, parsed.GetValue(_index) ?? "none"),
        (_field.Name, parsed.GetValue(_field)!),
    ];
}
