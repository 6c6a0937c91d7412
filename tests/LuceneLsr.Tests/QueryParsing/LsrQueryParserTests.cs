using CsCheck;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Index;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.QueryParsing;

/// <summary>Tests which texts are encoded and which queries replace them.</summary>
public sealed class LsrQueryParserTests : IDisposable
{
    private readonly WordEncoder _encoder = new();
    private readonly LsrQueryParser _parser;

    public LsrQueryParserTests() =>
        _parser = new(LuceneVersion.LUCENE_48, "body", new LsrAnalyzer(_encoder, new ImpactScale(10)));

    public void Dispose() => _encoder.Dispose();

    [Theory]
    [InlineData("film", "film")]
    [InlineData("cut scenes of the film", "cut scenes of the film")]
    [InlineData("cut \"scenes of the\" film", "cut scenes of the film")]
    [InlineData("\"cut scenes\"", "cut scenes")]
    [InlineData("\"cut scenes\"~3 film", "cut scenes film")]
    [InlineData("body:cut scenes", "cut scenes")]
    [InlineData("body:(cut scenes)", "cut scenes")]
    [InlineData("(cut scenes)", "cut scenes")]
    [InlineData("((cut) )", "cut")]
    [InlineData("1984 - a film", "1984 - a film")]
    [InlineData("cut\\-down \\(film\\)", "cut-down (film)")]
    [InlineData("cut (film)", "cut|film")]
    [InlineData("(film) cut", "film|cut")]
    [InlineData("(cut scenes) film", "cut scenes|film")]
    [InlineData("cut (scenes film) shots", "cut|scenes film|shots")]
    [InlineData("cut scenes^2 film", "cut|scenes|film")]
    [InlineData("\"cut scenes\"^2 film", "cut scenes|film")]
    [InlineData("cut scenes +film shots lost", "cut scenes|film|shots lost")]
    [InlineData("cut scenes -film shots lost", "cut scenes|film|shots lost")]
    [InlineData("cut scenes OR film shots", "cut scenes|film shots")]
    [InlineData("cut scenes AND film shots", "cut|scenes|film|shots")]
    [InlineData("cut NOT film", "cut|film")]
    [InlineData("cut title:x film", "cut|film")]
    [InlineData("cut film* scenes", "cut|scenes")]
    [InlineData("+(cut scenes) -(lost shots)", "cut scenes|lost shots")]
    public void Parse_encodes_adjacent_words_as_one_text(string query, string texts)
    {
        _parser.Parse(query);
        Assert.Equal(texts.Split('|'), _encoder.Texts);
        Assert.All(_encoder.Calls, call => Assert.Equal(TextSide.Query, call.Side));
    }

    [Theory]
    [InlineData("film", "body:(film^10 movie^5)")]
    [InlineData("film^2", "body:(film^10 movie^5)^2")]
    [InlineData("(cut film)^3", "body:(cut^10 film^10 movie^5)^3")]
    [InlineData("((cut film)^2 lost)^3",
        "(body:(cut^10 film^10 movie^5)^2 body:(lost^10))^3.0")]
    [InlineData("+cut", "+body:(cut^10)")]
    [InlineData("+cut film", "+body:(cut^10) body:(film^10 movie^5)")]
    [InlineData("cut AND lost", "+body:(cut^10) +body:(lost^10)")]
    [InlineData("cut OR lost", "body:(cut^10) body:(lost^10)")]
    [InlineData("lost -film", "body:(lost^10) -body:(film^10)")]
    [InlineData("lost NOT (film scenes)", "body:(lost^10) -body:(film^15)")]
    [InlineData("lost -(+film +scenes)", "body:(lost^10) -(+body:(film^10) +body:(scenes^10))")]
    [InlineData("-(lost (film -cut))", "-(body:(lost^10) (body:(film^10) -body:(cut^10)))")]
    [InlineData("-film^2", "-body:(film^10)^2")]
    [InlineData("lost year:[1960 TO 1969]", "body:(lost^10) year:[1960 TO 1969]")]
    [InlineData("+title:film lost", "+title:film body:(lost^10)")]
    [InlineData("title:\"lost film\"", "title:\"lost film\"")]
    [InlineData("title:(lost film)^2", "(title:lost title:film)^2.0")]
    [InlineData("body:fil* body:f?lm body:film~1 body:/f.lm/", "body:fil* body:f?lm body:film~1 body:/f.lm/")]
    [InlineData("*:*", "*:*")]
    public void Parse_preserves_query_structure(string query, string parsed) =>
        Assert.Equal(parsed, _parser.Parse(query).ToString());

    [Theory]
    [InlineData("film", "hybrid(1 x (body:(film^10 movie^5)) + 3 x (heading:(film^10 movie^5)))")]
    [InlineData("body:film", "hybrid(1 x (body:(film^10 movie^5)) + 3 x (heading:(film^10 movie^5)))")]
    [InlineData("+cut^2 lost",
        "+hybrid(1 x (body:(cut^10)) + 3 x (heading:(cut^10)))^2 hybrid(1 x (body:(lost^10)) + 3 x (heading:(lost^10)))")]
    [InlineData("lost -film",
        "hybrid(1 x (body:(lost^10)) + 3 x (heading:(lost^10))) -hybrid(1 x (body:(film^10)) + 3 x (heading:(film^10)))")]
    [InlineData("heading:film", "heading:(film^10 movie^5)")]
    [InlineData("the", "")]
    public void Parse_with_field_weights_searches_text_of_default_field_in_all_of_them(string query, string parsed)
    {
        _parser.FieldWeights["body"] = 1;
        _parser.FieldWeights["heading"] = 3;
        Assert.Equal(parsed, _parser.Parse(query).ToString(""));
    }

    [Fact]
    public void Parse_with_field_weights_encodes_a_text_once()
    {
        _parser.FieldWeights["body"] = 1;
        _parser.FieldWeights["heading"] = 3;
        _parser.Parse("cut film");
        Assert.Equal(["cut film"], _encoder.Texts);
    }

    [Theory]
    [InlineData("lost \"cut film\" shots", "body:(lost^10) words:\"cut film\" body:(shots^10)")]
    [InlineData("\"cut film\"~2", "words:\"cut film\"~2")]
    [InlineData("-\"film\" lost", "-words:film body:(lost^10)")]
    [InlineData("fil* f?lm film~1 /f.lm/ [a TO b]", "words:fil* words:f?lm words:film~1 words:/f.lm/ words:[a TO b]")]
    [InlineData("title:\"cut film\" title:fil*", "title:\"cut film\" title:fil*")]
    public void Parse_with_lexical_field_sends_phrases_and_patterns_there(string query, string parsed)
    {
        _parser.LexicalFields["body"] = "words";
        Assert.Equal(parsed, _parser.Parse(query).ToString(""));
    }

    [Theory]
    [InlineData("the", "")]
    [InlineData("\"\"", "")]
    [InlineData("\",\" ...", "")]
    [InlineData("+the", "")]
    [InlineData("-the", "")]
    [InlineData("the^2", "")]
    [InlineData("(the of)^2", "")]
    [InlineData("+(the) +(of (the))", "")]
    [InlineData("+the lost", "body:(lost^10)")]
    [InlineData("the AND (of OR lost)", "+(body:(lost^10))")]
    [InlineData("title:the lost", "body:(lost^10)")]
    public void Parse_drops_text_with_empty_encoding(string query, string parsed) =>
        Assert.Equal(parsed, _parser.Parse(query).ToString());

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("(cut")]
    public void Parse_invalid_syntax_throws(string query) =>
        Assert.Throws<ParseException>(() => _parser.Parse(query));

    [Fact]
    public void Parse_500_nested_groups_returns_innermost_query() =>
        Assert.Equal("body:(film^10 movie^5)", _parser.Parse(Nest("film", 500)).ToString());

    [Fact]
    public void Parse_more_than_500_adjacent_groups_returns_all_queries() =>
        Assert.Equal(
            string.Join(' ', [.. Enumerable.Repeat("body:(cut^10)", 600), "body:(film^10 movie^5)"]),
            _parser.Parse(Repeat("(cut) ", 600) + Nest("film", 400)).ToString());

    [Fact]
    public void Parse_more_than_500_nested_groups_throws()
    {
        string[] queries =
        [
            Nest("film", 501), Nest("film", 10_000), $"/{Nest("film", 10_000)}/",
            Repeat("\")\" ", 600) + Nest("film", 501), new('(', 10_000),
        ];
        Assert.All(queries, query => Assert.Contains(
            "nests more than 500",
            Assert.Throws<ParseException>(() => _parser.Parse(query)).Message, StringComparison.Ordinal));
    }

    /// <summary>Each of these took from seconds to forever, or ended the process, or left Parse as another error.</summary>
    [Theory]
    [InlineData("x*a??????????????", "14 operators")]
    [InlineData("x*a?????????????????", "17 operators")]
    [InlineData("title:x*a?????????????????", "17 operators")]
    [InlineData("/[a-z]+a{99999}/", "repeats 99,999 times")]
    [InlineData("/a{99999999999}/", "repeats 99,999,999,999 times")]
    [InlineData("/.*a.{14}/", "14 operators")]
    [InlineData("/.{0,14}a.{14}/", "14 operators")]
    [InlineData("/.*a(.{4}){4}/", "32 operators")]
    [InlineData("/((a{1000}){1000}){1000}/", "repeats 1,000,000,000 times")]
    [InlineData("/.*a[ab][ab][ab][ab][ab][ab][ab][ab][ab][ab][ab]/", "11 operators")]
    [InlineData("/(/", "Cannot parse")]
    [InlineData("/a{999999999999999999999}/", "repeats")]
    [InlineData("title:\"x y\"~-1", "Cannot parse")]
    public void Parse_pattern_beyond_a_limit_throws(string query, string problem) => Assert.Contains(
        problem, Assert.Throws<ParseException>(() => _parser.Parse(query)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("x*a??????????")]
    [InlineData("x????????????????????")]
    [InlineData("x*\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?\\?y")]
    [InlineData("/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}/")]
    [InlineData("/(colou?r|hue)s?/")]
    [InlineData("/f.*[a-z]{3}/")]
    [InlineData("/red|green|blue|black|white|pink|brown|grey|gold|silver|orange|violet|purple|cyan/")]
    public void Parse_pattern_within_limits_is_accepted(string query) => Assert.NotNull(_parser.Parse(query));

    [Fact]
    public void Parse_long_pattern_or_query_throws()
    {
        string[] queries =
        [
            $"/{Repeat("abcd|", 10_000)}x/", $"/{Repeat("a", 100_000)}/", $"{Repeat("a", 1_000)}*b", Repeat("a ", 20_000),
        ];
        Assert.All(queries, query => Assert.Contains(
            "The maximum is", Assert.Throws<ParseException>(() => _parser.Parse(query)).Message,
            StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_more_patterns_than_limit_throws()
    {
        var most = Repeat("x*y ", 16) + Repeat("/a.b/ ", 16);
        Assert.NotNull(_parser.Parse(most));
        Assert.NotNull(_parser.Parse(most)); // each string is counted alone
        Assert.Contains("The query has more than 32 patterns (MaxPatterns).",
            Assert.Throws<ParseException>(() => _parser.Parse(most + "x*y")).Message, StringComparison.Ordinal);
        _parser.Limits = new() { MaxPatterns = 33 };
        Assert.NotNull(_parser.Parse(most + "x*y"));
    }

    [Fact]
    public void Parse_with_other_limits_accepts_what_they_allow()
    {
        _parser.Limits = new()
        {
            MaxLength = 50_000, MaxPatternLength = 2_000, MaxPatternOperators = 12, MaxRepeats = 2_000, MaxDepth = 1,
        };
        string[] queries = [Repeat("a ", 20_000), $"{Repeat("a", 1_000)}*b", "x*a????????????", "/a{2000}/", "(a)"];
        Assert.All(queries, query => Assert.NotNull(_parser.Parse(query)));
        Assert.Throws<ParseException>(() => _parser.Parse("((a))"));
    }

    /// <summary>Any string of the syntax's characters is parsed within seconds, or is a ParseException.</summary>
    [Fact]
    public void Parse_any_string_throws_nothing_but_ParseException() => Gen.OneOf(
            "a", "b", "*", "?", "/", "(", ")", "[", "]", "{", "}", "\"", "~", "^", ":", "\\", "+", "-", "|", "&", ".", ",",
            "1", "99", " ", "TO", "AND", "<", ">", "@", "#")
        .Array[0, 30].Sample(parts => ParseOrDefault(_parser, string.Concat(parts)), iter: 2_000, threads: 1);

    [Fact]
    public void Parse_plain_text_returns_single_impact_query()
    {
        var text = "cut scenes of the film";
        var vector = _encoder.Encode(text, TextSide.Query, TestContext.Current.CancellationToken);
        Assert.Equal(new ImpactQuery("body", new ImpactScale(10).Quantize(vector)), _parser.Parse(text));
    }

    [Fact]
    public void Parse_text_with_more_words_than_max_clause_count_encodes_one_text()
    {
        var text = string.Join(' ', Enumerable.Range(0, 3_000).Select(i => $"w{i}"));
        _parser.Parse(text);
        Assert.Equal([text], _encoder.Texts);
    }

    [Fact]
    public void Parse_with_default_operator_AND_requires_each_word_as_own_text()
    {
        _parser.DefaultOperator = Operator.AND;
        Assert.Equal(
            "+body:(cut^10) +body:(film^10 movie^5) +body:(lost^10)",
            _parser.Parse("cut film \"lost\"").ToString());
        Assert.Equal("body:(cut^10) body:(lost^10)", _parser.Parse("cut OR lost").ToString());
    }

    [Fact]
    public void Parse_with_query_scale_ignores_scale_of_analyzer()
    {
        _parser.QueryScale = new ImpactScale(2);
        Assert.Equal("body:(film^2 movie^1)", _parser.Parse("film").ToString());
    }

    [Fact]
    public void Parse_encodes_text_on_all_LSR_fields()
    {
        _parser.LsrFields.Add("title");
        Assert.Equal(
            "body:(cut^10 lost^10) title:(film^10 movie^5) body:(x^10)",
            _parser.Parse("cut lost title:film x").ToString());
        _parser.LsrFields.Remove("body");
        Assert.Equal("body:film", _parser.Parse("film").ToString());
    }

    [Fact]
    public void Parse_text_on_other_field_uses_given_analyzer()
    {
        var parser = new LsrQueryParser(
            LuceneVersion.LUCENE_48,
            "body",
            new LsrAnalyzer(_encoder, new ImpactScale(10)),
            new KeywordAnalyzer());
        Assert.Equal("title:The Film", parser.Parse("title:\"The Film\"").ToString());
    }

    [Fact]
    public void Parse_rethrows_encoder_exception() =>
        Assert.Throws<InvalidOperationException>(() => _parser.Parse($"film {WordEncoder.Poison}"));

    [Fact]
    public void Parse_text_that_cannot_be_encoded_uses_fallback_for_it_only()
    {
        var failures = new List<EncoderFailure>();
        _parser.EncoderFallback = failure =>
        {
            failures.Add(failure);
            return new TermQuery(new Term("title", failure.Text)) { Boost = 2 };
        };
        Assert.Equal(
            "body:(film^10 movie^5) +title:poison^6.0 -title:poison^2.0",
            _parser.Parse("film +poison^3 -poison").ToString());
        Assert.All(failures, failure => Assert.Equal(
            ("body", WordEncoder.Poison, "The encoder failed."),
            (failure.Field, failure.Text, failure.Exception.Message)));
    }

    [Fact]
    public void Parse_with_fallback_that_returns_nothing_throws_exception_of_encoder()
    {
        _parser.EncoderFallback = _ => null;
        var error = Assert.Throws<InvalidOperationException>(() => _parser.Parse(WordEncoder.Poison));
        Assert.Equal("The encoder failed.", error.Message);
    }

    [Fact]
    public void Parse_canceled_search_does_not_fall_back()
    {
        _parser.EncoderFallback = _ => new MatchAllDocsQuery();
        _parser.Budget = new SearchBudget(
            Timeout.InfiniteTimeSpan, cancellationToken: new CancellationToken(canceled: true));
        Assert.Throws<InvalidOperationException>(() => _parser.Parse(WordEncoder.Poison));
    }

    // Query strings that are not valid classic syntax are skipped.
    [Fact]
    public void Parse_any_query_leaves_no_free_text_query()
    {
        var atoms = Gen.OneOf(
            "cut", "the", "\"lost film\"", "scenes^2", "title:x", "body:film", "fil*", "\"\"", "[a TO b]");
        var queries = Gen.Recursive<string>((depth, query) => depth > 4 ? atoms : Gen.OneOf(
            atoms,
            Gen.Select(Gen.OneOf("", "+", "-", "NOT ", "body:", "title:", "-body:"), query, Gen.OneOf("", "^3"))
                .Select((prefix, group, boost) => $"{prefix}({group}){boost}"),
            Gen.Select(query, Gen.OneOf(" ", " AND ", " OR ", " +", " -", " NOT "), query)
                .Select((left, conjunction, right) => left + conjunction + right)));
        Gen.Select(queries, Gen.Enum<Operator>()).Sample((query, defaultOperator) =>
        {
            var parser = new LsrQueryParser(
                LuceneVersion.LUCENE_48, "body", new LsrAnalyzer(new WordEncoder(), new ImpactScale(10)))
            {
                DefaultOperator = defaultOperator,
            };
            Assert.All(
                GetLeaves(ParseOrDefault(parser, query)),
                Assert.IsNotType<FreeTextQuery>);
        });
    }

    private static string Nest(string query, int depth) => $"{new string('(', depth)}{query}{new string(')', depth)}";

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static Query ParseOrDefault(LsrQueryParser parser, string query)
    {
        try
        {
            return parser.Parse(query);
        }
        catch (ParseException)
        {
            return new BooleanQuery();
        }
    }

    private static IEnumerable<Query> GetLeaves(Query query) => query is BooleanQuery group
        ? group.SelectMany(clause => GetLeaves(clause.Query))
        : [query];
}
