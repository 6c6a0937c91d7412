using System.CommandLine;
using System.Diagnostics;
using System.Security.Cryptography;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.VectorFiles.Formats;
using LuceneLsr.VectorFiles.Vocabularies;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Options for the file format of vectors.</summary>
internal sealed class FormatOptions
{
    private readonly Option<string> _format = new("--format")
    {
        Description = "Output format. jsonl: {id, contents, vector}, readable by eval. anserini: the same with integer "
            + "impacts, for Anserini and Pyserini. anserini-topics: queries for Anserini and Pyserini. elasticsearch "
            + "(sparse_vector), opensearch (neural_sparse), opensearch-sparse-vector (with --vocabulary), rank-features "
            + "(either engine): lines for _bulk, or for _msearch with --side query.",
        DefaultValueFactory = _ => FormatNames.Jsonl,
    };

    private readonly Option<string?> _index = new("--index")
    {
        Description = "Index name in _bulk or _msearch lines (default none: the request URL names it).",
    };

    private readonly Option<string> _field = FieldOption.Create("Vector field in _bulk or _msearch lines.");

    private readonly Option<string?> _vocabulary = new("--vocabulary")
    {
        Description = "The vocabulary.tsv of 'lsr-search export', for opensearch-sparse-vector.",
        HelpName = "FILE",
    };

    private readonly QueryFormatOptions _queries;

    /// <summary>Adds the options to a command.</summary>
    public FormatOptions(Command command)
    {
        _format.Accept(
            FormatNames.Jsonl, FormatNames.Anserini, FormatNames.AnseriniTopics, FormatNames.Elasticsearch,
            FormatNames.OpenSearch, FormatNames.OpenSearchSparseVector, FormatNames.RankFeatures);
        command.Add(_format);
        command.Add(_index);
        command.Add(_field);
        command.Add(_vocabulary);
        _queries = new(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_format) == FormatNames.OpenSearchSparseVector == result.GetValue(_vocabulary) is null)
            {
                result.AddError(
                    $"{_vocabulary.Name} and {_format.Name} {FormatNames.OpenSearchSparseVector} go together.");
            }
        });
    }

    /// <summary>Creates the format.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="side">The side of the texts.</param>
    /// <param name="scale">The scale that turns weights into impacts.</param>
    /// <exception cref="ArgumentException">The format does not support this side.</exception>
    public IVectorFormat Create(ParseResult parsed, TextSide side, ImpactScale scale)
    {
        var (format, index, field) =
            (parsed.GetValue(_format)!, parsed.GetValue(_index), parsed.GetValue(_field)!);
        return (format, side) switch
        {
            (FormatNames.Jsonl, _) => new AnseriniFormat(),
            (FormatNames.Anserini, _) => new AnseriniFormat(scale),
            (FormatNames.AnseriniTopics, TextSide.Query) => new AnseriniTopicsFormat(scale),
            (FormatNames.AnseriniTopics, _) => throw new ArgumentException(
                $"The format {FormatNames.AnseriniTopics} is for queries. Add --side query."),
            (FormatNames.OpenSearchSparseVector, _) => new TokenFormat(
                CorpusVocabulary.Load(parsed.GetValue(_vocabulary)!), CreateForCluster()),
            _ => CreateForCluster(),
        };

        IVectorFormat CreateForCluster() => side switch
        {
            TextSide.Document => new BulkFormat(index, field),
            TextSide.Query => _queries.Create(parsed, format, index, field),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Gets the name and the value of each option.</summary>
    public IEnumerable<(string Name, string Value)> GetValues(ParseResult parsed) =>
    [
        (_format.Name, parsed.GetValue(_format)!),
        (_index.Name, parsed.GetValue(_index) ?? "none"),
        (_field.Name, parsed.GetValue(_field)!),
        (_vocabulary.Name, parsed.GetValue(_vocabulary) is { } file ? ComputeDigest(file) : "none"),
        .. _queries.GetValues(parsed),
    ];

    private static string ComputeDigest(string file) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))[..16];
}
