using CsCheck;
using Lucene.Net.Analysis.Core;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.QueryParsing;

/// <summary>Which texts are encoded, and the query that stands in their place.</summary>
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
    public void Neighbouring_words_are_one_text(string query, string texts)
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
    public void A_query_keeps_its_form(string query, string parsed) =>
        Assert.Equal(parsed, _parser.Parse(query).ToString());

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
    public void Text_that_encodes_to_nothing_is_left_out(string query, string parsed) =>
        Assert.Equal(parsed, _parser.Parse(query).ToString());

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("(cut")]
    public void What_breaks_the_classic_syntax_is_refused(string query) =>
        Assert.Throws<ParseException>(() => _parser.Parse(query));

    [Fact]
    public void Groups_nest_only_so_deep()
    {
        string quotes = string.Concat(Enumerable.Repeat("\")\" ", 600)), neighbours = string.Concat(
            Enumerable.Repeat("(cut) ", 600));
        Assert.NotNull(_parser.Parse(Nested(500)));
        Assert.NotNull(_parser.Parse(neighbours + Nested(400)));
        Assert.All(
            new[] { Nested(501), Nested(100_000), $"/{Nested(100_000)}/", quotes + Nested(501), new string('(', 100_000) },
            query => Assert.Contains(
                "nests more than 500",
                Assert.Throws<ParseException>(() => _parser.Parse(query)).Message, StringComparison.Ordinal));

        static string Nested(int depth) => $"{new string('(', depth)}film{new string(')', depth)}";
    }

    [Fact]
    public void Plain_text_is_the_learned_query_itself()
    {
        var text = "cut scenes of the film";
        var vector = _encoder.Encode(text, TextSide.Query, TestContext.Current.CancellationToken);
        Assert.Equal(new ImpactQuery("body", new ImpactScale(10).Quantize(vector)), _parser.Parse(text));
    }

    [Fact]
    public void A_text_may_have_more_words_than_a_boolean_query_has_clauses()
    {
        var text = string.Join(' ', Enumerable.Range(0, 3_000).Select(i => $"w{i}"));
        _parser.Parse(text);
        Assert.Equal([text], _encoder.Texts);
    }

    [Fact]
    public void With_the_operator_AND_each_word_is_a_required_text()
    {
        _parser.DefaultOperator = Operator.AND;
        Assert.Equal(
            "+body:(cut^10) +body:(film^10 movie^5) +body:(lost^10)",
            _parser.Parse("cut film \"lost\"").ToString());
        Assert.Equal("body:(cut^10) body:(lost^10)", _parser.Parse("cut OR lost").ToString());
    }

    [Fact]
    public void The_query_side_may_have_a_scale_of_its_own()
    {
        _parser.QueryScale = new ImpactScale(2);
        Assert.Equal("body:(film^2 movie^1)", _parser.Parse("film").ToString());
    }

    [Fact]
    public void Any_field_may_be_an_LSR_field()
    {
        _parser.LsrFields.Add("title");
        Assert.Equal(
            "body:(cut^10 lost^10) title:(film^10 movie^5) body:(x^10)",
            _parser.Parse("cut lost title:film x").ToString());
        _parser.LsrFields.Remove("body");
        Assert.Equal("body:film", _parser.Parse("film").ToString());
    }

    [Fact]
    public void Other_fields_have_their_own_analyzer()
    {
        var parser = new LsrQueryParser(
            LuceneVersion.LUCENE_48,
            "body",
            new LsrAnalyzer(_encoder, new ImpactScale(10)),
            new KeywordAnalyzer());
        Assert.Equal("title:The Film", parser.Parse("title:\"The Film\"").ToString());
    }

    [Fact]
    public void An_encoder_error_passes_through() =>
        Assert.Throws<InvalidOperationException>(() => _parser.Parse($"film {WordEncoder.Poison}"));

    /// <summary>For query strings of any depth; those that the classic syntax refuses pass.</summary>
    [Fact]
    public void No_placeholder_leaks()
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
                Leaves(Parsed(parser, query)),
                Assert.IsNotType<FreeTextQuery>);
        });
    }

    private static Query Parsed(LsrQueryParser parser, string query)
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

    private static IEnumerable<Query> Leaves(Query query) => query is BooleanQuery group
        ? group.SelectMany(clause => Leaves(clause.Query))
        : [query];
}
