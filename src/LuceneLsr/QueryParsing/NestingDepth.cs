using Lucene.Net.QueryParsers.Classic;

namespace LuceneLsr.QueryParsing;

/// <summary>
/// Measures how deeply a query string nests groups, before it is parsed. The classic parser recurses into each group,
/// and a stack overflow would end the process.
/// </summary>
internal static class NestingDepth
{
    /// <summary>Returns the largest depth, including parentheses in regular expressions.</summary>
    public static int Measure(string query)
    {
        int depth = 0, largest = 0;
        foreach (var token in ReadTokens(query))
        {
            depth += token.Kind switch { RegexpToken.LPAREN => 1, RegexpToken.RPAREN => -1, _ => 0 };
            var inside = token.Kind == RegexpToken.REGEXPTERM ? token.Image.AsSpan().Count('(') : 0;
            largest = Math.Max(largest, depth + inside);
        }

        return largest;
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
