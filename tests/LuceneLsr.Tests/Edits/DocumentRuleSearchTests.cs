using CsCheck;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Documents;
using LuceneLsr.Edits;
using LuceneLsr.Indexing;
using LuceneLsr.Postings;
using LuceneLsr.Search;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Edits;

/// <summary>Compares a search with rules on documents with a search of an index of edited vectors, hit by hit.</summary>
public class DocumentRuleSearchTests
{
    private const string Body = ImpactIndex.Body;

    private static readonly Gen<float> Boosts =
        Gen.OneOf(Gen.Const(1f), Gen.Const(2f), Gen.Const(0f), Gen.Const(0.3f), Gen.Const(-1.5f));

    private static readonly Gen<long?> Budgets = Gen.OneOf(
        Gen.Const((long?)null), Gen.Long[0, 200].Select(bytes => (long?)bytes), Gen.Const((long?)long.MaxValue));

    // Some documents and terms do not exist, some rules are for another field or disabled, many meet.
    private static readonly Gen<DocumentRule[]> AnyRules = Gen.Select(
        Gen.Int[0, 27], Gen.Int[0, 44], Gen.Int[-900, 900].Where(impact => impact != 0), Gen.Int[0, 9]).Array[1, 60]
        .Select(rules => rules.Select((rule, index) => new DocumentRule
        {
            Id = $"rule{index}",
            DocumentId = $"d{rule.Item1}",
            Term = $"t{rule.Item2}",
            Impact = rule.Item3,
            Field = rule.Item4 switch { 0 => "other", 1 => Body, _ => null },
            IsEnabled = rule.Item4 != 2,
        }).DistinctBy(rule => rule.Content).ToArray());

    private static readonly Filter[] Filters =
        [new EveryThirdDocument(isBitSet: true), new EveryThirdDocument(isBitSet: false)];

    [Fact]
    public void Search_any_collection_equals_index_of_edited_vectors() => Gen.Select(
        ImpactCollection.Any, AnyRules, Boosts, Budgets, Gen.Int[1, 30]).Sample(
        (collection, rules, boost, budget, count) =>
        {
            using var index = collection.Index();
            using var twin = IndexEdited(collection, rules);
            var (searcher, expected) = (index.Open(), twin.Open());
            var query = CreateQuery(collection, budget, boost);
            var edited = query.WithRules(new RelevanceRules(rules), "");
            var hits = expected.Search(query, count);
            AssertSame(hits, searcher.Search(edited, count));
            AssertSame(hits, searcher.Search(edited, count)); // served by the caches
            AssertSame(hits, new ImpactSearcher(searcher.IndexReader).Search(edited, count));
            AssertSame(hits, new ImpactSearcher(searcher.IndexReader, TaskScheduler.Default).Search(edited, count));
            AssertSame(
                expected.SearchAfter(hits.ScoreDocs.ElementAtOrDefault(count / 2), query, count),
                searcher.SearchAfter(hits.ScoreDocs.ElementAtOrDefault(count / 2), edited, count));
            AssertSame(
                new ImpactRescorer(query).Rescore(expected, hits, 5),
                new ImpactRescorer(edited).Rescore(searcher, hits, 5));
            Assert.All(Filters, filter =>
            {
                AssertSame(expected.Search(query, filter, count), searcher.Search(edited, filter, count));
                AssertSame(
                    expected.Search(query, filter, count),
                    new ImpactSearcher(searcher.IndexReader).Search(edited, filter, count));
            });
            AssertSame(expected.Search(Not(query), 30), searcher.Search(Not(edited), 30));
        },
        iter: 60);

    [Fact]
    public void Explain_any_document_returns_value_equal_to_score() => Gen.Select(
        ImpactCollection.Any, AnyRules, Boosts).Sample(
        (collection, rules, boost) =>
        {
            using var index = collection.Index();
            var searcher = index.Open();
            var query = CreateQuery(collection, budget: null, boost).WithRules(new RelevanceRules(rules), "");
            var scores = searcher.Search(query, 30).ScoreDocs.ToDictionary(hit => hit.Doc, hit => hit.Score);
            for (var document = 0; document < searcher.IndexReader.MaxDoc; document++)
            {
                var explanation = searcher.Explain(query, document);
                Assert.Equal(scores.ContainsKey(document), explanation.IsMatch);
                Assert.Equal(scores.GetValueOrDefault(document), explanation.Value);
            }
        },
        iter: 30);

    // Dense rows, packed blocks and single postings, in several document ranges.
    [Theory]
    [InlineData("default")]
    [InlineData("fast")]
    [InlineData("compact")]
    public void Search_across_ranges_equals_index_of_edited_vectors(string format)
    {
        int[] steps = [1, 2, 3, 16, 313, 17_000, 39_999];
        DocumentRule[] rules =
        [
            .. from document in new[] { 0, 1, 63, 64, 2_000, 16_383, 16_384, 17_000, 34_000, 39_998, 39_999 }
               from step in steps
               from impact in new[] { (document + step) % 3 == 0 ? -20 : (document + step) % 3 == 1 ? 7 : 300 }
               select CreateRule(document, $"every{step}", impact),
        ];
        var storage = new IndexStorage(IsOnDisk: false, IsCompound: true, format switch
        {
            "fast" => IndexStorage.Fast,
            "compact" => IndexStorage.Compact,
            _ => null,
        });
        var documents = Enumerable.Range(0, 40_000).Select(document => steps.Where(step => document % step == 0)
            .ToDictionary(step => $"every{step}", step => 1 + (document % 13))).ToArray();
        using var index = Build(documents);
        foreach (var rule in rules)
        {
            var impacts = documents[int.Parse(rule.DocumentId.AsSpan(1))];
            impacts[rule.Term] = Math.Max(0, impacts.GetValueOrDefault(rule.Term) + rule.Impact);
        }

        using var twin = Build(documents);
        var (searcher, expected) = (index.Open(), twin.Open());
        foreach (var (asked, budget) in
            from terms in steps.Select(step => new[] { step }).Append(steps[2..]).Append(steps)
            from bytes in new long?[] { null, long.MaxValue }
            select (terms, bytes))
        {
            var query = new ImpactQuery(
                Body, asked.Select(step => new TermImpact($"every{step}", 3)),
                budget is { } bytes ? new ImpactCache(bytes) : null);
            var edited = query.WithRules(new RelevanceRules(rules), "");
            AssertSame(expected.Search(query, 40_000), searcher.Search(edited, 40_000));
            foreach (var count in new[] { 1, 300, 2_000 })
            {
                AssertSame(
                    expected.Search(query, count), new ImpactSearcher(searcher.IndexReader).Search(edited, count));
            }
        }

        ImpactIndex Build(Dictionary<string, int>[] impacts)
        {
            var built = new ImpactIndex(new LsrAnalyzer(new WordEncoder(), ImpactScale.Identity), storage: storage);
            using var bulk = new ImpactBulkWriter(built.Writer, Body, ImpactScale.Identity);
            foreach (var (document, terms) in impacts.Index())
            {
                bulk.Add(
                    [new StringField("id", $"d{document}", Field.Store.YES)],
                    new SparseVector(terms.Select(term => new TermWeight(term.Key, term.Value))));
            }

            return built;
        }
    }

    [Fact]
    public void Rules_follow_document_through_update_deletion_and_merge()
    {
        var rules = new RelevanceRules([CreateRule(1, "gdpr", 80), CreateRule(2, "cat", -50), CreateRule(3, "cat", 5)]);
        using var directory = new RAMDirectory();
        using var writer = new IndexWriter(
            directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, new KeywordAnalyzer()));
        Add("d1", ("law", 10));
        Add("d2", ("cat", 50));
        Assert.Equal([("d1", 160)], Search());
        Update("d1", ("gdpr", 5)); // as a new encoder might write it
        Update("d2", ("cat", 70));
        Add("d3", ("dog", 1));
        Assert.Equal([("d1", 170), ("d2", 60), ("d3", 15)], Search());
        writer.DeleteDocuments(new Term("id", "d1"));
        Assert.Equal([("d2", 60), ("d3", 15)], Search());
        writer.ForceMerge(1);
        Assert.Equal([("d2", 60), ("d3", 15)], Search());

        void Add(string id, params (string Term, int Impact)[] terms) => Update(id, terms);
        void Update(string id, params (string Term, int Impact)[] terms) => writer.UpdateDocument(
            new Term("id", id), [new StringField("id", id, Field.Store.YES), Impacts(terms)]);
        (string, int)[] Search()
        {
            using var reader = DirectoryReader.Open(writer, applyAllDeletes: true);
            var query = new ImpactQuery(Body, [new("gdpr", 2), new("cat", 3)]).WithRules(rules, "");
            return [.. ImpactIndex.Search(new IndexSearcher(reader), query)
                .OrderBy(hit => hit.Key, StringComparer.Ordinal).Select(hit => (hit.Key, (int)hit.Value))];
        }
    }

    [Fact]
    public void Search_wrapped_reader_equals_search_of_index()
    {
        using var index = new ImpactIndex(new LsrAnalyzer(new WordEncoder(), ImpactScale.Identity));
        index.Add("d1", Impacts(("cat", 3)));
        index.Writer.Commit();
        index.Add("d2", Impacts(("cat", 9)));
        var query = new ImpactQuery(Body, [new("cat", 1)]).WithRules(
            new RelevanceRules([CreateRule(1, "cat", 20), CreateRule(2, "cat", -9)]), "");
        var one = SlowCompositeReaderWrapper.Wrap(index.Open().IndexReader);
        Assert.Equal(new Dictionary<string, float> { ["d1"] = 23 }, ImpactIndex.Search(new IndexSearcher(one), query));
    }

    [Fact]
    public void Explain_names_rules_and_stored_impacts()
    {
        using var index = new ImpactIndex(new LsrAnalyzer(new WordEncoder(), ImpactScale.Identity));
        index.Add("d1", Impacts(("cat", 30), ("dog", 4)));
        var query = new ImpactQuery(Body, [new("cat", 2), new("gdpr", 3), new("dog", 5)]).WithRules(
            new RelevanceRules(
            [
                CreateRule(1, "cat", -40), CreateRule(1, "gdpr", 80),
                CreateRule(1, "gdpr", 1) with { Id = "more" }, CreateRule(1, "dog", 7) with { IsEnabled = false },
            ]),
            "");
        var explanation = index.Open().Explain(query, 0);
        Assert.Equal(263, explanation.Value);
        Assert.Equal(
            [
                "impact score of body:dog, product of:", "impact score of body:gdpr, product of:",
                "impact score of body:cat, impact, 30 edited to 0 by d1-cat (-40)",
            ],
            explanation.GetDetails().Select(detail => detail.Description));
        Assert.Equal(
            "impact (term frequency), 0 edited to 81 by d1-gdpr (+80) and more (+1)",
            explanation.GetDetails()[1].GetDetails()[1].Description);
    }

    [Fact]
    public void Query_without_rules_on_its_terms_keeps_none()
    {
        var rules = new RelevanceRules(
        [
            CreateRule(1, "cat", 20), CreateRule(1, "dog", 20) with { IsEnabled = false },
            CreateRule(1, "cow", 20) with { Field = "title" },
        ]);
        Assert.Null(new ImpactQuery(Body, [new("dog", 1), new("cow", 1)]).WithRules(rules, "").Rules);
        Assert.Same(rules, new ImpactQuery(Body, [new("cat", 1)]).WithRules(rules, "").Rules);
        var plain = new ImpactQuery(Body, [new("cat", 1)]);
        Assert.NotEqual(plain, plain.WithRules(rules, ""));
    }

    [Fact]
    public void Edited_vectors_in_index_equal_edits_of_queries() => Gen.Select(ImpactCollection.Any, AnyRules).Sample(
        (collection, rules) =>
        {
            var set = new RelevanceRules(rules);
            var scale = new ImpactScale(10);
            using var index = collection.Index(scale);
            using var baked = (collection with
            {
                Documents = [.. collection.Documents.Select((document, number) =>
                    (set.EditDocument(Body, $"d{number}", document.Vector, scale), document.Deleted))],
            }).Index(scale);
            var query = CreateQuery(collection, budget: null, boost: 1);
            Assert.Equal(
                index.Search(query.WithRules(set, "")), baked.Search(query.WithRules(set.QueryRulesOnly(), "")));
        },
        iter: 30);

    [Fact]
    public void Impacts_are_clamped_to_limit_of_scale()
    {
        const int limit = ImpactScale.MaxImpactLimit;
        using var index = new ImpactIndex(new LsrAnalyzer(new WordEncoder(), ImpactScale.Identity));
        index.Add("d1", Impacts(("cat", 60_000)));
        var rules = new RelevanceRules(Enumerable.Range(0, 100_000).Select(number => CreateRule(
            1, "cat", limit - (number / 2)) with { Id = $"{number}", Field = number % 2 == 0 ? Body : null }));
        Assert.Equal(3f * limit, index.Search(new ImpactQuery(Body, [new("cat", 3)]).WithRules(rules, ""))["d1"]);
    }

    private static DocumentRule CreateRule(int document, string term, int impact) => new()
    {
        Id = $"d{document}-{term}",
        DocumentId = $"d{document}",
        Term = term,
        Impact = impact,
    };

    private static ImpactField Impacts(params (string Term, int Impact)[] terms) => new(
        Body, new SparseVector(terms.Select(term => new TermWeight(term.Term, term.Impact))), ImpactScale.Identity);

    private static BooleanQuery Not(Query excluded) => new()
    {
        { new MatchAllDocsQuery(), Occur.MUST }, { excluded, Occur.MUST_NOT },
    };

    private static ImpactQuery CreateQuery(ImpactCollection collection, long? budget, float boost) => new(
        Body, ImpactCollection.QueryScale.Quantize(collection.Query),
        budget is { } bytes ? new ImpactCache(bytes) : null)
    {
        Boost = boost,
    };

    // The reference: adds up the rules of each document, term by term.
    private static ImpactIndex IndexEdited(ImpactCollection collection, DocumentRule[] rules)
    {
        var edited = collection.Documents.Select((document, number) =>
        {
            var impacts = ImpactCollection.DocumentScale.Quantize(document.Vector)
                .ToDictionary(term => term.Term, term => term.Impact);
            foreach (var term in Enumerable.Range(0, 45).Select(term => $"t{term}"))
            {
                var sum = 0;
                foreach (var rule in rules)
                {
                    var applies = rule.IsEnabled && rule.DocumentId == $"d{number}" && rule.Term == term
                        && rule.Field != "other";
                    sum += applies ? rule.Impact : 0;
                }

                impacts[term] = Math.Max(0, impacts.GetValueOrDefault(term) + sum);
            }

            return (
                new SparseVector(impacts.Select(term => new TermWeight(term.Key, term.Value))), document.Deleted);
        });
        return (collection with { Documents = [.. edited] }).Index(ImpactScale.Identity);
    }

    private static void AssertSame(TopDocs expected, TopDocs actual)
    {
        Assert.Equal(expected.TotalHits, actual.TotalHits);
        Assert.Equal(
            expected.ScoreDocs.Select(hit => (hit.Doc, hit.Score)), actual.ScoreDocs.Select(hit => (hit.Doc, hit.Score)));
    }
}
