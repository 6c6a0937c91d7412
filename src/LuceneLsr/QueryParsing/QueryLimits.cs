using Lucene.Net.QueryParsers.Classic;

namespace LuceneLsr.QueryParsing;

/// <summary>
/// Limits on query strings. Without them a short string can take minutes, gigabytes or the whole stack to parse. A
/// string beyond a limit is a <see cref="ParseException"/> that names the limit.
/// </summary>
public sealed record QueryLimits
{
    /// <summary>Gets the maximum number of characters in a query string.</summary>
    public int MaxLength { get; init; } = 32_768;

    /// <summary>Gets the maximum depth of groups. The parser recurses into each.</summary>
    public int MaxDepth { get; init; } = 500;

    /// <summary>Gets the maximum number of wildcard terms and regular expressions in a query string.</summary>
    public int MaxPatterns { get; init; } = 32;

    /// <summary>Gets the maximum number of characters in a wildcard term or a regular expression.</summary>
    public int MaxPatternLength { get; init; } = 1_000;

    /// <summary>
    /// Gets the maximum number of operators in a wildcard term or a regular expression after its first operator of
    /// variable length, such as <c>*</c>, times the repeats after it. The automaton of a pattern can double with each of
    /// them. A choice between words alone, such as <c>red|green</c>, has no limit but its length.
    /// </summary>
    public int MaxPatternOperators { get; init; } = 10;

    /// <summary>
    /// Gets the maximum product of all repeats in a regular expression, such as 20 of <c>(a{5}b){4}</c>.
    /// </summary>
    public int MaxRepeats { get; init; } = 1_000;

    /// <summary>Throws if a query string is too long or nests too deeply.</summary>
    /// <exception cref="ParseException">The string is beyond a limit.</exception>
    internal void CheckQuery(string query)
    {
        Require(query.Length <= MaxLength,
            $"The query has {query.Length:N0} characters. The maximum is {MaxLength:N0} ({nameof(MaxLength)}).");
        Require(NestingDepth.Measure(query) <= MaxDepth,
            $"The query nests more than {MaxDepth:N0} groups ({nameof(MaxDepth)}). Remove parentheses, or escape them in "
            + "plain text.");
    }

    /// <summary>Throws if a wildcard term or a regular expression is too complex, or one too many.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="syntax">Its syntax.</param>
    /// <param name="number">Its number in the query string, from 1.</param>
    /// <exception cref="ParseException">The pattern is beyond a limit.</exception>
    internal void CheckPattern(string pattern, PatternSyntax syntax, int number)
    {
        Require(number <= MaxPatterns,
            $"The query has more than {MaxPatterns:N0} patterns ({nameof(MaxPatterns)}). Remove wildcards or regular "
            + "expressions.");
        Require(pattern.Length <= MaxPatternLength,
            $"A pattern has {pattern.Length:N0} characters. The maximum is {MaxPatternLength:N0} "
            + $"({nameof(MaxPatternLength)}).");
        var complexity = PatternComplexity.Measure(pattern, syntax);
        Require(complexity.Repeats <= MaxRepeats,
            $"The pattern '{pattern}' repeats {complexity.Repeats:N0} times. The maximum is {MaxRepeats:N0} "
            + $"({nameof(MaxRepeats)}).");
        Require(complexity.Operators <= MaxPatternOperators,
            $"The pattern '{pattern}' has {complexity.Operators:N0} operators after its first of variable length. The "
            + $"maximum is {MaxPatternOperators:N0} ({nameof(MaxPatternOperators)}).");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new ParseException(message);
        }
    }
}
