using Lucene.Net.QueryParsers.Classic;

namespace LuceneLsr.QueryParsing;

/// <summary>
/// Rejects queries with deeply nested groups. The classic parser recurses into each group, and a stack overflow would
/// end the process.
/// </summary>
internal static class NestingLimit
{
    private const int MaxDepth = 500;

    /// <summary>Throws if a query string nests too deeply. Call it before parsing.</summary>
    /// <exception cref="ParseException">The groups nest too deeply.</exception>
    public static void ThrowIfExceeded(string query)
    {
        var depth = 0;
        foreach (var token in ReadTokens(query))
        {
            depth += token.Kind switch { RegexpToken.LPAREN => 1, RegexpToken.RPAREN => -1, _ => 0 };
            var inside = token.Kind == RegexpToken.REGEXPTERM ? token.Image.AsSpan().Count('(') : 0;
            if (depth + inside > MaxDepth)
            {
                throw new ParseException(
                    $"The query nests more than {MaxDepth} groups. Remove parentheses, or escape them in plain text.");
            }
        }
    }

    // Stops at an invalid token, which the parser will report.
    private static IEnumerable<Token> ReadTokens(string query)
    {
        var lexer = new QueryParserTokenManager(new FastCharStream(new StringReader(query)));
        while (TryReadToken(lexer) is { Kind: not RegexpToken.EOF } token)
        {
            yield return token;
        }
    }

    private static Token? TryReadToken(QueryParserTokenManager lexer)
    {
        try
        {
            return lexer.GetNextToken();
        }
        catch (TokenMgrError)
        {
            return null;
        }
    }
}
