using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LuceneLsr.QueryParsing;

/// <summary>
/// What a pattern costs before an automaton is built of it. Lucene makes automata deterministic, and where a pattern can
/// begin at several places, each further operator can double their states: <c>x*a??????????</c> has 2^10.
/// </summary>
/// <param name="Operators">
/// The number of operators after the first of variable length. A repeat counts as often as it repeats.
/// </param>
/// <param name="LargestRepeat">The largest number in a repeat.</param>
internal readonly partial record struct PatternComplexity(long Operators, long LargestRepeat)
{
    /// <summary>Measures a pattern. A malformed one has any complexity; Lucene reports it.</summary>
    public static PatternComplexity Measure(string pattern, PatternSyntax syntax)
    {
        var matches = syntax switch
        {
            PatternSyntax.Wildcard => WildcardOperator().Matches(pattern),
            PatternSyntax.Regex => RegexOperator().Matches(pattern),
            _ => throw new UnreachableException(),
        };
        var operators = matches.Where(match => match.Groups["operator"].Success).Select(match => match.Value).ToList();
        var first = operators.FindIndex(each => HasVariableLength(each, syntax));
        return new(
            first < 0 ? 0 : operators.Skip(first + 1).Sum(each => Math.Max(1, GetRepeats(each))),
            operators.Select(GetRepeats).DefaultIfEmpty().Max());
    }

    private static bool HasVariableLength(string @operator, PatternSyntax syntax) => @operator switch
    {
        "*" or "+" or "@" or "|" or "~" or "&" => true,
        "?" => syntax == PatternSyntax.Regex, // one character in a wildcard term
        _ => @operator[0] == '{' && @operator.Contains(','),
    };

    // {5}, {5,} and {5,7}
    private static long GetRepeats(string @operator) => @operator[0] != '{' ? 0 : @operator.Trim('{', '}').Split(',')
        .Max(number => long.TryParse(number, CultureInfo.InvariantCulture, out var value) ? value
            : number.Length == 0 ? 0 : long.MaxValue / 2);

    [GeneratedRegex(@"\\.|(?<operator>[*?])", RegexOptions.Singleline)]
    private static partial Regex WildcardOperator();

    // Escaped characters and quoted strings are literals; a class in brackets is one operator.
    [GeneratedRegex(
        """\\.|"[^"]*"?|(?<operator>\[(\\.|[^\]\\])*\]?|\{[0-9,]*\}?|<[^>]*>|[.*+?@#~&|(])""", RegexOptions.Singleline)]
    private static partial Regex RegexOperator();
}
