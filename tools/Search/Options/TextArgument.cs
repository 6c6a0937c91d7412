using System.CommandLine;
using System.CommandLine.Parsing;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>The argument of a command for a text, with or without quotes.</summary>
internal sealed class TextArgument
{
    private readonly Argument<string[]> _words;

    /// <summary>
    /// Adds the argument to a command. A word that looks like an option is refused as a misspelled one, and so is a
    /// text without words.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="name">The name of the argument.</param>
    /// <param name="description">The description of the argument.</param>
    public TextArgument(Command command, string name, string description)
    {
        _words = new(name) { Description = description, Arity = ArgumentArity.ZeroOrMore };
        _words.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.Tokens.All(token => string.IsNullOrWhiteSpace(token.Value)))
            {
                result.AddError($"The {name} is empty. Write at least one word.");
            }

            foreach (var token in result.Tokens.Where(token => IsOption(token.Value)))
            {
                result.AddError(
                    $"Unknown option {token.Value}. Use --help to list the options, or write \" {token.Value}\", with "
                    + "a space, to mean the text.");
            }
        });
        command.Add(_words);
    }

    /// <summary>Gets the text, which is empty if it is not given.</summary>
    public string Get(ParseResult parsed) => string.Join(' ', parsed.GetValue(_words)!);

    /// <summary>Returns whether the text is given.</summary>
    public bool IsGiven(CommandResult result) => result.GetResult(_words) is { Tokens.Count: > 0 };

    private static bool IsOption(string text) =>
        text.StartsWith("--", StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace);
}
