using System.CommandLine;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>The argument of a command for a text, with or without quotes.</summary>
internal sealed class TextArgument
{
    private readonly Argument<string[]> _words;

    /// <summary>Adds the argument to a command. A word that looks like an option is refused as a misspelled one.</summary>
    public TextArgument(Command command, string name, string description)
    {
        _words = new(name) { Description = description, Arity = ArgumentArity.OneOrMore };
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
