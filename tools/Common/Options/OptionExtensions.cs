using System.CommandLine;

namespace LuceneLsr.Tools.Common.Options;

/// <summary>Conveniences over <see cref="Option"/>.</summary>
public static class OptionExtensions
{
    /// <summary>Refuses other values: "--top must be at least 1."</summary>
    /// <param name="option">The option.</param>
    /// <param name="isValid">Tells a value that is taken; asked for the default value too.</param>
    /// <param name="range">What values are taken, as in "at least 1".</param>
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
    /// Takes an enumeration's names, in whatever case, and refuses all else by telling them; by itself, System.CommandLine
    /// takes numbers too, and tells the .NET type.
    /// </summary>
    public static Option<T> AcceptNamesOf<T, TEnum>(this Option<T> option)
        where TEnum : struct, Enum
    {
        var names = Enum.GetNames<TEnum>();
        option.Validators.Add(result =>
        {
            var others = result.Tokens.Select(token => token.Value)
                .Where(value => !names.Contains(value, StringComparer.OrdinalIgnoreCase));
            foreach (var other in others)
            {
                result.AddError($"{option.Name} must be one of {string.Join(", ", names)}, not {other}.");
            }
        });
        return option;
    }
}
