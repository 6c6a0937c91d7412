using System.CommandLine;
using System.CommandLine.Parsing;

namespace LuceneLsr.Tools.Common.Options;

/// <summary>Extension methods for options and the commands that have them.</summary>
public static class OptionExtensions
{
    /// <summary>Rejects values out of range with an error such as "--top must be at least 1."</summary>
    /// <param name="option">The option.</param>
    /// <param name="isValid">Returns whether a value is valid. It is called for the default value, too.</param>
    /// <param name="range">The valid values, such as "at least 1".</param>
    /// <returns>The option.</returns>
    public static Option<T> Require<T>(this Option<T> option, Func<T?, bool> isValid, string range)
    {
        option.Validators.Add(result =>
        {
            if (!isValid(result.GetValue(option)))
            {
                result.AddError($"{option.Name} must be {range}.");
            }
        });
        return option;
    }

    /// <summary>
    /// Accepts only the names of an enumeration, in any case. System.CommandLine alone also accepts numbers, and its
    /// error shows the .NET type instead of the names.
    /// </summary>
    public static Option<T> AcceptNamesOf<T, TEnum>(this Option<T> option)
        where TEnum : struct, Enum =>
        option.Accept(StringComparer.OrdinalIgnoreCase, Enum.GetNames<TEnum>());

    /// <summary>Accepts only some values. The error of System.CommandLine does not name the option.</summary>
    public static Option<T> Accept<T>(this Option<T> option, params string[] values)
    {
        option.CompletionSources.Add(values);
        return option.Accept(StringComparer.Ordinal, values);
    }

    /// <summary>Rejects options that have no effect together with another one.</summary>
    /// <param name="command">The command, which has all of the options.</param>
    /// <param name="option">The other option.</param>
    /// <param name="excluded">The options to reject if it is given.</param>
    public static void Exclude(this Command command, Option option, params IEnumerable<Option> excluded) =>
        command.Validators.Add(result =>
        {
            if (result.IsGiven(option) && excluded.FirstOrDefault(result.IsGiven) is { } other)
            {
                result.AddError($"{other.Name} cannot be used with {option.Name}.");
            }
        });

    /// <summary>Returns whether an option is given, even if its value is the default.</summary>
    public static bool IsGiven(this CommandResult result, Option option) =>
        result.GetResult(option) is { Implicit: false };

    private static Option<T> Accept<T>(this Option<T> option, StringComparer comparer, string[] values)
    {
        option.Validators.Add(result =>
        {
            var others = result.Tokens.Select(token => token.Value)
                .Where(value => !values.Contains(value, comparer));
            foreach (var other in others)
            {
                result.AddError($"{option.Name} must be one of {string.Join(", ", values)}, not {other}.");
            }
        });
        return option;
    }
}
