using System.Text;

namespace LuceneLsr.Tools.Soak.Queries;

/// <summary>
/// Writes query strings by the grammar of Lucene's classic syntax, and damages some of them, so that they are almost
/// valid.
/// </summary>
internal static class QueryGrammar
{
    private const int MaxDepth = 3;
    private const int MaxRepeats = 40_000;

    private static readonly string[] Words =
        ["cut", "scenes", "t1", "t20", "Ärger", "日本", "x264", "\\:", "\\\\", "and", "OR", "NOT", "a", "the", "\u0301"];

    private static readonly string[] Patterns =
    [
        "t*", "*", "?", "t?", "*1", "t*1?", "x*a??????????????", "t1~", "t1~2", "t1~0.5", "t1~99", "/t[0-9]+/", "/[/",
        "/(/", "/t{1,3}/", "/[a-z]+a{99999}/", "/a{99999999999}/", "/(a|b|c)*d{9}/", "/~(a)/", "/<1-99>/", "/@/", "/.*/",
    ];

    private static readonly string[] Junk =
        ["(", ")", "[", "]", "{", "}", "\"", "~", "^", ":", "*", "?", "\\", "/", "+", "-", "!", "&&", "||", " TO ",
         "\0", "\ud83d", "\udc00", "\u202e", "^1e99", "~1e99", "\"a b\"~-1", "^-1", "^NaN"];

    /// <summary>Writes a query string.</summary>
    public static string Write(Random random)
    {
        var query = WriteClauses(random, MaxDepth);
        return random.Next(6) switch
        {
            0 or 1 or 2 => query,
            3 or 4 => Damage(query, random),
            _ => random.Next(8) == 0 ? Inflate(query, random) : Damage(Damage(query, random), random),
        };
    }

    private static string WriteClauses(Random random, int depth)
    {
        var text = new StringBuilder();
        for (var clause = random.Next(1, 4); clause > 0; clause--)
        {
            text.Append(Pick(random, "", "", "", "+", "-", "NOT ", "!"))
                .Append(Pick(random, "", "", "body:", "title:", "*:"))
                .Append(WriteClause(random, depth)).Append(Pick(random, "", "", "^2", "^0.5", "^0"))
                .Append(Pick(random, " ", " ", " AND ", " OR ", " && ", " || "));
        }

        return text.ToString();
    }

    private static string WriteClause(Random random, int depth) => random.Next(depth > 0 ? 9 : 7) switch
    {
        0 or 1 or 5 or 6 => Pick(random, Words),
        2 => Pick(random, Patterns),
        3 => $"\"{Pick(random, Words)} {Pick(random, Words)}\"{Pick(random, "", "~2", "~99999999999")}",
        4 => $"{Pick(random, "[", "{")}{Pick(random, Words)} TO {Pick(random, Words)}{Pick(random, "]", "}")}",
        _ => $"({WriteClauses(random, depth - 1)})",
    };

    private static string Damage(string query, Random random)
    {
        if (query.Length == 0)
        {
            return query;
        }

        var position = random.Next(query.Length);
        return random.Next(4) switch
        {
            0 => query[..position],
            1 => query.Remove(position, 1),
            2 => query.Insert(position, Pick(random, Junk)),
            _ => query.Insert(position, query[position..]),
        };
    }

    private static string Inflate(string query, Random random)
    {
        var part = Pick(random, Pick(random, Junk), Pick(random, Words) + " ", Pick(random, Patterns) + " ", "(", "a|");
        return query + string.Concat(Enumerable.Repeat(part, random.Next(MaxRepeats)));
    }

    private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];
}
