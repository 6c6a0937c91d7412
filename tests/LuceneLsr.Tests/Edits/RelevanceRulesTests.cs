using CsCheck;
using LuceneLsr.Edits;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Tests.Edits;

public sealed class RelevanceRulesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("rules.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Save_writes_readable_fields()
    {
        new RelevanceRules(
            [
                new QueryRule
                {
                    Id = "jaguar-cat", QueryText = "jaguars", QueryTerms = ["jaguar"], Word = "cats", Term = "cat",
                    Factor = 0.5f, Field = "products", IsEnabled = false, Note = "Cars & <cats>", Author = "Zoë",
                    Date = new DateOnly(2026, 3, 9),
                },
                new DocumentRule { Id = "42", DocumentId = "42", Term = "gdpr", Impact = -80 },
            ],
            "key").Save(File);
        Assert.Equal(
            """
            {
              "version": 1,
              "id_field": "key",
              "rules": [
                {
                  "id": "jaguar-cat",
                  "query": "jaguars",
                  "query_terms": [
                    "jaguar"
                  ],
                  "word": "cats",
                  "term": "cat",
                  "factor": 0.5,
                  "field": "products",
                  "enabled": false,
                  "note": "Cars & <cats>",
                  "author": "Zoë",
                  "date": "2026-03-09"
                },
                {
                  "id": "42",
                  "document": "42",
                  "term": "gdpr",
                  "impact": -80
                }
              ]
            }

            """.ReplaceLineEndings("\n"),
            System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void Loaded_rules_equal_saved_ones() => Gen.Select(
        Gen.String[1, 9].Where(text => text.Trim().Length > 0 && !text.Any(char.IsSurrogate)), Gen.Int[0, 4],
        Gen.Float[0, 1_000], Gen.Int[1, 65_535], Gen.Bool).Sample(
        (text, kind, factor, impact, isEnabled) =>
        {
            RelevanceRule rule = kind switch
            {
                0 => new DocumentRule { Id = text, DocumentId = text, Term = text, Impact = -impact },
                1 => new DocumentRule { Id = text, DocumentId = text, Term = text, Impact = impact, Note = text },
                2 => new QueryRule { Id = text, QueryTerms = [text, "b"], Term = text, Factor = factor },
                3 => new QueryRule { Id = text, QueryTerms = [text], Term = text, Impact = impact, Author = text },
                _ => new QueryRule { Id = text, QueryTerms = [text], Term = text, Factor = 0, Field = text },
            };
            rule = rule with { IsEnabled = isEnabled };
            new RelevanceRules([rule], text).Save(File);
            var loaded = RelevanceRules.Load(File);
            Assert.Equal(text, loaded.IdField);
            Assert.Equivalent(rule, Assert.Single(loaded.Rules), strict: true);
        },
        iter: 50, threads: 1);

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("null", "found null")]
    [InlineData("[]", "must be an object")]
    [InlineData("{\"version\": 1,\n \"rules\": [}", "not valid JSON in line 2, byte 12")]
    [InlineData("{\"version\": 1}", "must have 'rules'")]
    [InlineData("{\"rules\": []}", "must have 'version'")]
    [InlineData("{\"version\": 2, \"rules\": []}", "version 2 is not supported")]
    [InlineData("{\"version\": 2, \"other\": 1}", "version 2 is not supported")]
    [InlineData("{\"version\": \"1\", \"rules\": []}", "field 'version' is \"1\"")]
    [InlineData("{\"version\": 1, \"rules\": [], \"more\": 1}", "unknown field 'more'")]
    [InlineData("{\"version\": 1, \"rules\": [], \"rules\": []}", "rules")]
    [InlineData("{\"version\": 1, \"rules\": null}", "rules")]
    [InlineData("{\"version\": 1, \"id_field\": \"\", \"rules\": []}", "id_field")]
    [InlineData("{\"version\": 1, \"rules\": [null]}", "a rule is null")]
    public void Load_malformed_file_names_problem(string json, string problem)
    {
        System.IO.File.WriteAllText(File, json);
        var error = Assert.Throws<InvalidDataException>(() => RelevanceRules.Load(File));
        Assert.StartsWith(File, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"query_terms\": [\"a\"], \"term\": \"b\", \"factor\": -1", "the factor is -1")]
    [InlineData("\"query_terms\": [\"a\"], \"term\": \"b\", \"factor\": 1e999", "the factor is ")]
    [InlineData("\"query_terms\": [\"a\"], \"term\": \"b\", \"factor\": 1001", "from 0 to 1000")]
    [InlineData("\"query_terms\": [\"a\"], \"term\": \"b\", \"factor\": \"NaN\"", "must be a number")]
    [InlineData("\"query_terms\": [\"a\"], \"term\": \"b\"", "either a factor or an impact")]
    [InlineData("\"query_terms\": [\"a\"], \"term\": \"b\", \"factor\": 1, \"impact\": 1", "either a factor or an impact")]
    [InlineData("\"query_terms\": [\"a\"], \"term\": \"b\", \"impact\": -1", "from 1 to 65535")]
    [InlineData("\"query_terms\": [\"a\"], \"term\": \"b\", \"impact\": 1.5", "must be an integer")]
    [InlineData("\"query_terms\": [], \"term\": \"b\", \"factor\": 1", "the query has no terms")]
    [InlineData("\"query_terms\": [\"\"], \"term\": \"b\", \"factor\": 1", "or an empty one")]
    [InlineData("\"query_terms\": [null], \"term\": \"b\", \"factor\": 1", "or an empty one")]
    [InlineData("\"query_terms\": [\"a\"], \"factor\": 1", "needs a 'term'")]
    [InlineData("\"query_terms\": [\"a\"], \"term\": \"\", \"factor\": 1", "the term is empty")]
    [InlineData("\"query_terms\": [\"a\"], \"document\": \"1\", \"term\": \"b\", \"factor\": 1", "either 'query_terms' or")]
    [InlineData("\"term\": \"b\", \"factor\": 1", "either 'query_terms' or 'document'")]
    [InlineData("\"document\": \"1\", \"term\": \"b\", \"factor\": 1", "has no 'factor'")]
    [InlineData("\"document\": \"1\", \"term\": \"b\"", "needs an 'impact'")]
    [InlineData("\"document\": \"1\", \"term\": \"b\", \"impact\": 0", "the impact is 0")]
    [InlineData("\"document\": \"1\", \"term\": \"b\", \"impact\": 70000", "the impact is 70000")]
    [InlineData("\"document\": \"1\", \"term\": \"b\", \"impact\": 99999999999", "must be an integer")]
    [InlineData("\"document\": \"\", \"term\": \"b\", \"impact\": 1", "the document is empty")]
    [InlineData("\"document\": 1, \"term\": \"b\", \"impact\": 1", "must be a string")]
    [InlineData("\"document\": \"1\", \"term\": \"b\", \"impact\": 1, \"wieght\": 1", "unknown field 'rules[1].wieght'")]
    [InlineData("\"document\": \"1\", \"term\": \"b\", \"impact\": 1, \"date\": \"May\"", "date")]
    [InlineData("\"document\": \"1\", \"term\": \"b\", \"impact\": 1, \"field\": \"\"", "the field is empty")]
    public void Load_invalid_rule_names_file_line_and_id(string fields, string problem)
    {
        System.IO.File.WriteAllText(File, $$"""
            {
              "version": 1, "rules": [
                { "id": "fine", "document": "1", "term": "a", "impact": 1 },

                { "id": "bad", {{fields}} }
              ]
            }
            """);
        var error = Assert.Throws<InvalidDataException>(() => RelevanceRules.Load(File));
        Assert.StartsWith($"{File}, line 5: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("rule 'bad':", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_duplicate_id_names_second_line()
    {
        System.IO.File.WriteAllText(File, """
            {"version": 1, "rules": [
              {"id": "a", "document": "1", "term": "a", "impact": 1},
              {"id": "a", "document": "2", "term": "a", "impact": 1}]}
            """);
        Assert.Equal(
            $"{File}, line 3: Rule 'a': duplicate id. Make ids unique.",
            Assert.Throws<InvalidDataException>(() => RelevanceRules.Load(File)).Message);
    }

    [Fact]
    public void Load_repeated_rule_names_second_line_and_first_id()
    {
        System.IO.File.WriteAllText(File, """
            {"version": 1, "rules": [
              {"id": "a", "query": "cars", "query_terms": ["car", "jaguar"], "term": "cat", "factor": 0.50},
              {"id": "b", "query": "jaguar car", "query_terms": ["jaguar", "car"], "term": "cat", "factor": 0.5}]}
            """);
        Assert.Equal(
            $"{File}, line 3: Rule 'b': the same rule already exists, with the id 'a'. Use that one, and enable it if it "
            + "is disabled.",
            Assert.Throws<InvalidDataException>(() => RelevanceRules.Load(File)).Message);
    }

    [Fact]
    public void Add_repeated_rule_is_refused_also_if_it_is_disabled()
    {
        RelevanceRule query = new QueryRule { Id = "q", QueryTerms = ["a", "b"], Term = "c", Factor = 0.5f };
        RelevanceRule document = new DocumentRule { Id = "d", DocumentId = "1", Term = "c", Impact = 5 };
        var rules = new RelevanceRules([query, document with { IsEnabled = false }]);
        foreach (var rule in new[] { query, document })
        {
            Assert.Contains(
                $"already exists, with the id '{rule.Id}'",
                Assert.Throws<ArgumentException>(() => rules.Add(rule with { Id = "new", Note = "again" })).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rules_that_differ_in_what_they_do_are_kept_and_overlap_if_they_change_the_same()
    {
        var rule = new QueryRule { Id = "q", QueryTerms = ["a", "b"], Term = "c", Factor = 0.5f };
        (RelevanceRule Other, bool Overlaps)[] others =
        [
            (rule with { Factor = 2 }, true),
            (rule with { Factor = null, Impact = 80 }, true),
            (rule with { Field = "title" }, true),
            (rule with { Term = "d" }, false),
            (rule with { QueryTerms = ["a"] }, false),
            (new DocumentRule { Id = "d", DocumentId = "a", Term = "c", Impact = 5 }, false),
        ];
        Assert.All(others, other =>
        {
            Assert.Equal(2, new RelevanceRules([rule]).Add(other.Other with { Id = "new" }).Rules.Count);
            Assert.Equal(other.Overlaps, rule.Overlaps(other.Other));
            Assert.Equal(other.Overlaps, other.Other.Overlaps(rule));
        });
        Assert.False((rule with { Field = "title" }).Overlaps(rule with { Field = "body" }));
    }

    [Fact]
    public void Load_skips_byte_order_mark()
    {
        System.IO.File.WriteAllText(File, "{\"version\": 1, \"rules\": []}", System.Text.Encoding.UTF8);
        Assert.Empty(RelevanceRules.Load(File).Rules);
    }

    [Fact]
    public void Failed_save_keeps_file()
    {
        CreateSet("old").Save(File);
        using (System.IO.File.Open(File + ".tmp", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            Assert.ThrowsAny<IOException>(() => CreateSet("new").Save(File));
        }

        Assert.Equal("old", Assert.Single(RelevanceRules.Load(File).Rules).Id);
    }

    [Fact]
    public async Task File_that_is_replaced_meanwhile_is_read_as_a_whole()
    {
        string[] ids = [new('a', 10_000), new('b', 20_000)];
        CreateSet(ids[0]).Save(File);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(
            () =>
            {
                for (var save = 0; !stop.IsCancellationRequested; save++)
                {
                    CreateSet(ids[save % 2]).Save(File);
                }
            },
            TestContext.Current.CancellationToken);
        for (var load = 0; load < 200; load++)
        {
            Assert.Contains(Assert.Single(RelevanceRules.Load(File).Rules).Id, ids);
        }

        await stop.CancelAsync();
        await writing;
    }

    [Fact]
    public void Changes_return_new_sets()
    {
        var one = CreateSet("a");
        var two = one.Add(CreateSet("b").Rules[0]);
        Assert.Equal(["a"], one.Rules.Select(rule => rule.Id));
        Assert.Equal(["a", "b"], two.Rules.Select(rule => rule.Id));
        Assert.Equal(["b"], two.Remove("a").Rules.Select(rule => rule.Id));
        Assert.Equal([true, false], two.Enable("b", isEnabled: false).Rules.Select(rule => rule.IsEnabled));
        Assert.True(two.Enable("b", isEnabled: false).Enable("b", isEnabled: true).Rules[1].IsEnabled);
        Assert.Contains("'a': duplicate id", Assert.Throws<ArgumentException>(() => two.Add(one.Rules[0])).Message,
            StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => two.Remove("c"));
        Assert.Throws<KeyNotFoundException>(() => two.Enable("c", isEnabled: true));
    }

    [Fact]
    public void Words_of_a_new_rule_become_terms_or_are_refused()
    {
        var rules = new RelevanceRules([], getTextTerms: text => text.Split([' ', '!'],
            StringSplitOptions.RemoveEmptyEntries).Select(word => word.TrimEnd('s')));
        Assert.Equal(["car", "jaguar"], rules.FindQueryTerms("cars jaguar car"));
        Assert.Equal("cat", rules.FindTerm("cats cat"));
        Assert.Contains("query '!' has no word", AssertRefused(() => rules.FindQueryTerms("!")), StringComparison.Ordinal);
        Assert.Contains("word '!' has no index term", AssertRefused(() => rules.FindTerm("!")), StringComparison.Ordinal);
        Assert.Contains("terms: new, york", AssertRefused(() => rules.FindTerm("new york")), StringComparison.Ordinal);
        Assert.Equal(["jaguars"], new RelevanceRules([]).FindQueryTerms("Jaguars!"));

        static string AssertRefused(Action find) => Assert.Throws<ArgumentException>(find).Message;
    }

    [Fact]
    public void Invalid_rule_is_refused() => Assert.Contains(
        "Rule 'x': the factor is NaN",
        Assert.Throws<ArgumentException>(() => new RelevanceRules(
            [new QueryRule { Id = "x", QueryTerms = ["a"], Term = "b", Factor = float.NaN }])).Message,
        StringComparison.Ordinal);

    private static RelevanceRules CreateSet(string id) =>
        new([new DocumentRule { Id = id, DocumentId = $"document {id}", Term = "a", Impact = 1 }]);
}
