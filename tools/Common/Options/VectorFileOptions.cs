using System.CommandLine;
using System.CommandLine.Parsing;

namespace LuceneLsr.Tools.Common.Options;

/// <summary>
/// Options for files of precomputed vectors in Anserini's formats. A file of documents needs one of queries, unless the
/// queries are encoded otherwise.
/// </summary>
public sealed class VectorFileOptions
{
    private readonly Option<string?> _documents;
    private readonly Option<string?> _queries = new("--query-vectors")
    {
        Description = "Read the query vectors from a file, encoded with --side query, or from Anserini's topics (.tsv, "
            + ".tsv.gz).",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="replaced">What the files replace, such as "a checkpoint".</param>
    /// <param name="needsQueries">Whether a file of documents needs one of queries; always if null.</param>
    public VectorFileOptions(Command command, string replaced, Func<CommandResult, bool>? needsQueries = null)
    {
        _documents = new("--document-vectors")
        {
            Description = "Read the document vectors from a file of 'lsr-search encode' or in Anserini's format "
                + $"instead of using {replaced}.",
            HelpName = "FILE",
        };
        command.Add(_documents);
        command.Add(_queries);
        command.Validators.Add(result =>
        {
            var needed = needsQueries?.Invoke(result) ?? true;
            if (result.GetValue(_queries) is null == (needed && result.GetValue(_documents) is not null))
            {
                result.AddError(needed
                    ? $"{_documents.Name} and {_queries.Name} must be used together."
                    : $"{_queries.Name} cannot be used when queries are encoded. Leave it out.");
            }
        });
    }

    /// <summary>Gets the name of the option for the file of documents.</summary>
    public string DocumentsName => _documents.Name;

    /// <summary>Returns whether a file of documents is given.</summary>
    public bool IsGiven(CommandResult result) => result.IsGiven(_documents);

    /// <summary>Gets the file of documents and that of queries, if needed; null if no file is given.</summary>
    public (string Documents, string? Queries)? Read(ParseResult parsed) =>
        parsed.GetValue(_documents) is { } documents ? (documents, parsed.GetValue(_queries)) : null;

    /// <summary>Rejects options that have no effect together with the files.</summary>
    public void Exclude(Command command, params Option[] others) => command.Exclude(_documents, others);
}
