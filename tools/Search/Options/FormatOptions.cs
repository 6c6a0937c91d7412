using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.VectorFiles.Formats;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>The form in which vectors are written.</summary>
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
        Description = "jsonl: {id, contents, vector}, which eval reads. anserini: the same with whole impacts, for "
            + "Anserini and Pyserini; anserini-topics: queries for them. elasticsearch (sparse_vector), opensearch "
            + "(neural_sparse) and rank-features (either engine): lines for _bulk, or for _msearch with --side query.",
        DefaultValueFactory = _ => Jsonl,
    };

    private readonly Option<string?> _index = new("--index")
    {
        Description = "Index that _bulk or _msearch lines name; none by default: the address names it.",
    };

    private readonly Option<string> _field = new Option<string>("--field")
    {
        Description = "Field of the vectors in _bulk or _msearch lines.",
        DefaultValueFactory = _ => "vector",
    }.Require(field => field is not (null or "" or "contents"), "a name other than contents, the field of the text");

    /// <summary>Adds the options to a command.</summary>
    public FormatOptions(Command command)
    {
        _format.AcceptOnlyFromAmong(Jsonl, Anserini, AnseriniTopics, Elasticsearch, OpenSearch, RankFeatures);
        command.Add(_format);
        command.Add(_index);
        command.Add(_field);
    }

    /// <summary>What the command line says.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="side">The side of the texts.</param>
    /// <param name="scale">Turns weights into impacts.</param>
    /// <exception cref="ArgumentException">The form is not one for texts of this side.</exception>
    public IVectorFormat Create(ParseResult parsed, TextSide side, ImpactScale scale)
    {
        var (index, field) = (parsed.GetValue(_index), parsed.GetValue(_field)!);
        return (parsed.GetValue(_format), side) switch
        {
            (Jsonl, _) => new AnseriniFormat(),
            (Anserini, _) => new AnseriniFormat(scale),
            (AnseriniTopics, TextSide.Query) => new AnseriniTopicsFormat(scale),
            (AnseriniTopics, _) => throw new ArgumentException($"{AnseriniTopics} are queries: add --side query."),
            (_, TextSide.Document) => new BulkFormat(index, field),
            (Elasticsearch, _) => new SparseVectorQueryFormat(index, field),
            (OpenSearch, _) => new NeuralSparseQueryFormat(index, field),
            _ => new RankFeatureQueryFormat(index, field),
        };
    }

    /// <summary>The options by name, as text.</summary>
    public IEnumerable<(string Name, string Value)> Values(ParseResult parsed) =>
    [
        (_format.Name, parsed.GetValue(_format)!),
        (_index.Name, parsed.GetValue(_index) ?? "none"),
        (_field.Name, parsed.GetValue(_field)!),
    ];
}
