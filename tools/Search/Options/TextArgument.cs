using System.CommandLine;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>The argument of a command for a text, with or without quotes.</summary>
internal sealed class TextArgument
{
    private readonly Argument<string[]> _words;

    /// <summary>Adds the argument to a command. A word that looks like an option is refused as a misspelled one.</summary>
    /// <param name="command">The command.</param>
    /// <param name="name">The name of the argument.</param>
    /// <param name="description">The description of the argument.</param>
    /// <param name="replacement">An option that replaces the text; null if the text is required.</param>
    public TextArgument(Command command, string name, string description, Option? replacement = null)
    {
        _words = new(name)
        {
            Description = description,
            Arity = replacement is null ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore,
        };
        if (replacement is not null)
        {
            command.Validators.Add(result =>
            {
                if (result.IsGiven(replacement) == result.GetResult(_words)?.Tokens is { Count: > 0 })
                {
                    result.AddError($"Give either a {name} or {replacement.Name}.");
                }
            });
        }

        _words.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => IsOption(token.Value)))
            {
                result.AddError(
                    $"Unknown option {token.Value}. Use --help to list the options, or write \" {token.Value}\", with a "
                    + "space, to mean the text.");
            }
        });
        command.Add(_words);
    }

    /// <summary>Gets the text.</summary>
    public string Get(ParseResult parsed) => string.Join(' ', parsed.GetValue(_words)!);

    private static bool IsOption(string text) =>
        text.StartsWith("--", StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace);
}
