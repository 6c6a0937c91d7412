using Lucene.Net.QueryParsers.Classic;

namespace LuceneLsr.QueryParsing;

/// <summary>
/// Refuses queries whose groups nest so deep that the classic parser, which recurses into each, could overflow the
/// stack: no program survives that.
/// </summary>
internal static class NestingLimit
{
    private const int Deepest = 500;

    /// <summary>Checks a query string before it is parsed.</summary>
    /// <exception cref="ParseException">It nests too deep.</exception>
    public static void Check(string query)
    {
        var depth = 0;
        foreach (var token in Tokens(query))
        {
            depth += token.Kind switch { RegexpToken.LPAREN => 1, RegexpToken.RPAREN => -1, _ => 0 };
            var inside = token.Kind == RegexpToken.REGEXPTERM ? token.Image.AsSpan().Count('(') : 0;
            if (depth + inside > Deepest)
            {
                throw new ParseException($"The query nests more than {Deepest} groups into each other.");
            }
        }
    }

    // Up to the end, or to what is no token: the parser will come to it, too, and say so.
    private static IEnumerable<Token> Tokens(string query)
    {
        var lexer = new QueryParserTokenManager(new FastCharStream(new StringReader(query)));
        while (Next(lexer) is { Kind: not RegexpToken.EOF } token)
        {
            yield return token;
        }
    }

    private static Token? Next(QueryParserTokenManager lexer)
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
