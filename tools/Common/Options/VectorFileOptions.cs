using System.CommandLine;
using System.CommandLine.Parsing;

namespace LuceneLsr.Tools.Common.Options;

/// <summary>Files of ready vectors in Anserini's form, of both sides or of none, unless queries need no file.</summary>
public sealed class VectorFileOptions
{
    private readonly Option<string?> _documents;
    private readonly Option<string?> _queries = new("--query-vectors")
    {
        Description = "And those of queries, encoded with --side query.",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="replaced">What they stand in place of.</param>
    /// <param name="needsQueries">Whether ready documents need ready queries; they do if null.</param>
    public VectorFileOptions(Command command, string replaced, Func<CommandResult, bool>? needsQueries = null)
    {
        _documents = new("--document-vectors")
        {
            Description = $"In place of {replaced}, documents' vectors as 'lsr-search encode' writes them.",
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
                    ? $"{_documents.Name} and {_queries.Name} stand together."
                    : $"{_queries.Name} has no meaning where queries are encoded: leave it out.");
            }
        });
    }

    /// <summary>The documents' file and the queries', if they need one, or null where none are given.</summary>
    public (string Documents, string? Queries)? Read(ParseResult parsed) =>
        parsed.GetValue(_documents) is { } documents ? (documents, parsed.GetValue(_queries)) : null;

    /// <summary>Refuses an option that has no meaning beside the files.</summary>
    public void Exclude(Command command, params Option[] others) => command.Validators.Add(result =>
    {
        if (result.GetValue(_documents) is not null
            && others.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } other)
        {
            result.AddError($"{other.Name} has no meaning beside {_documents.Name}: leave it out.");
        }
    });
}
