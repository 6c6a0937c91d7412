using System.CommandLine;
using LuceneLsr.VectorFiles.Exports;
using LuceneLsr.VectorFiles.Formats;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Options for the files of encoded vectors of both sides.</summary>
internal sealed class EncodedVectorsOptions
{
    private readonly Option<string[]> _documents = new("--document-vectors")
    {
        Description = "Document vectors of 'lsr-search encode' in its format jsonl: one file or several parts.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
        HelpName = "FILE",
    };

    private readonly Option<string?> _queries = new("--query-vectors")
    {
        Description = "Query vectors in the same format, encoded with --side query.",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="requiresQueries">Whether there must be queries.</param>
    public EncodedVectorsOptions(Command command, bool requiresQueries)
    {
        _queries.Required = requiresQueries;
        command.Add(_documents);
        command.Add(_queries);
    }

    /// <summary>Opens the files.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="cancellation">Checked for each record.</param>
    public ExportSource Open(ParseResult parsed, CancellationToken cancellation)
    {
        var source = ExportSource.FromFiles(parsed.GetValue(_documents)!, parsed.GetValue(_queries));
        return new(Follow(source.Documents), Follow(source.Queries));

        IEnumerable<VectorRecord> Follow(IEnumerable<VectorRecord> records) => records.Select(record =>
        {
            cancellation.ThrowIfCancellationRequested();
            return record;
        });
    }
}
