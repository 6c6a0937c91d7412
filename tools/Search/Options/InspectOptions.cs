using System.CommandLine;
using System.CommandLine.Parsing;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Options for what to inspect: a text, a document, or a query and a document.</summary>
internal sealed class InspectOptions
{
    private readonly Option<TextSide> _side = SideOption.Create(TextSide.Query);
    private readonly Option<int> _top = CommonOptions.CreateTop("Number of terms to print.", 30);
    private readonly Option<string?> _document = new("--document")
    {
        Description = "Id of a document in the index to inspect instead of a text.",
        HelpName = "ID",
    };

    private readonly Option<string?> _query = CommonOptions.CreateQuery("Query to match with the document.");

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };
    private readonly TextArgument _text;

    /// <summary>Adds the options to a command.</summary>
    public InspectOptions(Command command)
    {
        foreach (var option in new Option[] { _side, _top, _document, _query, _json })
        {
            command.Add(option);
        }

        _text = new(command, "text", "Text to expand.");
        command.Validators.Add(Validate);
    }

    /// <summary>Gets the values.</summary>
    public Values Read(ParseResult parsed) => new(
        _text.Get(parsed), parsed.GetValue(_side), parsed.GetValue(_document), parsed.GetValue(_query),
        parsed.GetValue(_top), parsed.GetValue(_json));

    private void Validate(CommandResult result)
    {
        var hasText = _text.IsGiven(result);
        if (hasText == (result.GetValue(_document) is not null))
        {
            result.AddError($"Name either a text or {_document.Name} ID.");
        }
        else if (hasText && result.GetValue(_query) is not null)
        {
            result.AddError($"{_query.Name} requires {_document.Name} ID.");
        }
    }

    /// <summary>The values of the options.</summary>
    public sealed record Values(
        string Text, TextSide Side, string? DocumentId, string? Query, int Top, bool IsJson);
}
