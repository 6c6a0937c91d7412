using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LuceneLsr.QueryParsing;

/// <summary>
/// What a pattern costs before an automaton is built of it. Lucene makes automata deterministic, and where a pattern can
/// begin at several places, each further operator can double their states: <c>x*a??????????</c> has 2^10.
/// </summary>
/// <param name="Operators">
/// The number of operators after the first of variable length, times the repeats after it.
/// </param>
/// <param name="Repeats">The product of the numbers in all repeats, which may be nested.</param>
internal readonly partial record struct PatternComplexity(double Operators, double Repeats)
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
        var first = operators.TrueForAll(each => each is "|" or "(") ? -1 // a choice between words
            : operators.FindIndex(each => HasVariableLength(each, syntax));
        var after = first < 0 ? [] : operators[(first + 1)..];
        return new(after.Count(each => !IsRepeat(each)) * Multiply(after), Multiply(operators));
    }

    private static bool IsRepeat(string @operator) => @operator[0] == '{';

    private static bool HasVariableLength(string @operator, PatternSyntax syntax) => @operator switch
    {
        "*" or "+" or "@" or "|" or "~" or "&" => true,
        "?" => syntax == PatternSyntax.Regex, // one character in a wildcard term
        _ => IsRepeat(@operator) && @operator.Contains(','),
    };

    private static double Multiply(IEnumerable<string> operators) =>
        operators.Where(IsRepeat).Aggregate(1.0, (product, each) => product * GetRepeats(each));

    // {5}, {5,} and {5,7}
    private static double GetRepeats(string @operator) => @operator.Trim('{', '}').Split(',').Max(number =>
        double.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? Math.Max(1, value) : 1);

    [GeneratedRegex(@"\\.|(?<operator>[*?])", RegexOptions.Singleline)]
    private static partial Regex WildcardOperator();

    // Escaped characters and quoted strings are literals; a class in brackets is one operator.
    [GeneratedRegex(
        """\\.|"[^"]*"?|(?<operator>\[(\\.|[^\]\\])*\]?|\{[0-9,]*\}?|<[^>]*>|[.*+?@#~&|(])""", RegexOptions.Singleline)]
    private static partial Regex RegexOperator();
}
