using System.CommandLine;

namespace LuceneLsr.Tools.Shared;

/// <summary>Files of ready vectors in Anserini's form, of both sides or of none.</summary>
internal sealed class VectorFileOptions
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
    public VectorFileOptions(Command command, string replaced)
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
            if (result.GetValue(_documents) is null != result.GetValue(_queries) is null)
            {
                result.AddError($"{_documents.Name} and {_queries.Name} stand together.");
            }
        });
    }

    /// <summary>The documents' file and the queries', or null where none are given.</summary>
    public (string Documents, string Queries)? Read(ParseResult parsed) =>
        parsed.GetValue(_documents) is { } documents && parsed.GetValue(_queries) is { } queries
            ? (documents, queries)
            : null;

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
