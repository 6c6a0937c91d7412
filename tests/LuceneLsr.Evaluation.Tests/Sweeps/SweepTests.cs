using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.Evaluation.Sweeps;
using LuceneLsr.Evaluation.Tests.Support;
using LuceneLsr.Search.Feedback;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Evaluation.Tests.Sweeps;

public sealed class SweepTests : IDisposable
{
    private static readonly ImpactScale Scale = new(100);
    private static readonly Dictionary<string, string> Inputs = new() { ["checkpoint"] = "abc" };

    private readonly TemporaryFolder _folder = new();
    private readonly BeirCollection _collection = RandomCollection.Load();
    private readonly List<string?> _loaded = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Journal => Path.Combine(_folder.Path, "journal.jsonl");

    [Theory]
    [InlineData("default")]
    [InlineData("query-terms 3")]
    [InlineData("query-min-ratio 0.5")]
    [InlineData("query-min-mass 0.7")]
    [InlineData("document-terms 4")]
    [InlineData("document-min-weight 1")]
    [InlineData("impact-bits 3")]
    [InlineData("impact-factor 2")]
    [InlineData("impact-bits 2, impact-factor 3")]
    [InlineData("codec impact")]
    [InlineData("codec compact")]
    [InlineData("query-terms 2, rescored 100")] // all candidates are scored again
    public void Effect_equals_that_of_brute_force(string name)
    {
        var point = Parse(name);
        var result = Run([point]).Single();
        var maxWeight = Encode(TextSide.Document).Max(vector => vector.Entries[0].Weight);
        var maxImpact = point.ImpactBits is { } bits ? (1 << bits) - 1 : Scale.MaxImpact;
        var scale = new ImpactScale(
            point.ImpactFactor ?? (point.ImpactBits is null ? Scale.Factor : maxImpact / maxWeight), maxImpact);
        List<Dictionary<string, int>> documents = [.. Encode(TextSide.Document).Select(vector =>
            ToImpacts(point.DocumentPruning.Apply(vector), scale))];
        var run = new Run(_collection.Queries.Zip(Encode(TextSide.Query), (query, vector) =>
        {
            var pruned = ToImpacts(point.QueryPruning.Apply(vector), Scale);
            var scored = point.Rescored > 0 ? ToImpacts(vector, Scale) : pruned;
            return KeyValuePair.Create(query.Id, (IReadOnlyList<ScoredDocument>)[.. documents
                .Select((document, index) => (
                    Id: _collection.Corpus[index].Id, IsCandidate: Multiply(pruned, document) > 0,
                    Score: Multiply(scored, document)))
                .Where(document => document.IsCandidate)
                .OrderByDescending(document => document.Score)
                .Select(document => new ScoredDocument(document.Id, document.Score))]);
        }));
        Assert.Equal(EvaluationReport.Compute(run, _collection.Qrels), result.Effect.Report);
        Assert.Equal(documents.Average(document => document.Count), result.Effect.TermsPerDocument, 9);
        Assert.Equal(result.Effect.Report.NdcgAt10, result.Effect.NdcgPerQuery.Average(), 12);
        Assert.True(result.Effect.IndexBytes > 0);
    }

    [Fact]
    public void Postings_are_those_of_the_terms_of_the_query()
    {
        var point = Parse("query-terms 3");
        var cost = Run([point]).Single().Cost;
        var documents = Encode(TextSide.Document);
        var expected = Encode(TextSide.Query).Average(query => point.QueryPruning.Apply(query).Entries.Sum(term =>
            documents.Count(document => document.Entries.Any(
                entry => entry.Term == term.Term && Scale.Quantize(entry.Weight) > 0))));
        Assert.Equal(expected, cost.PostingsPerQuery, 9);
        Assert.InRange(cost.MeanMilliseconds, double.Epsilon, cost.Percentile99Milliseconds);
    }

    [Fact]
    public void Feedback_equals_expanded_queries()
    {
        var point = Parse("feedback-documents 4, feedback-terms 3, feedback-weight 0.9");
        using var index = SparseIndex.CreateInMemory(
            _collection.Corpus.Zip(Encode(TextSide.Document)), TermListEncoder.BothSides.Document, Scale);
        var feedback = new RocchioFeedback { Documents = 4, ExpansionTerms = 3, FeedbackWeight = 0.9f };
        var run = new Run(_collection.Queries.Zip(Encode(TextSide.Query), (query, vector) => KeyValuePair.Create(
            query.Id,
            index.Search(
                feedback.Expand(new(SparseIndex.ContentsField, Scale.Quantize(vector)), index.Searcher).Terms, 1000))));
        Assert.Equal(EvaluationReport.Compute(run, _collection.Qrels), Run([point]).Single().Effect.Report);
    }

    [Fact]
    public void Bm25_weight_adds_scores_of_bm25_to_products_of_weights()
    {
        const float Weight = 0.7f;
        using var bm25 = new Bm25Index(_collection.Corpus.Select(document => (document.Id, document.Contents)));
        using var sparse = SparseIndex.CreateInMemory(
            _collection.Corpus.Zip(Encode(TextSide.Document)), TermListEncoder.BothSides.Document, Scale);
        var run = new Run(_collection.Queries.Zip(Encode(TextSide.Query), (query, vector) => KeyValuePair.Create(
            query.Id,
            (IReadOnlyList<ScoredDocument>)[.. sparse.Search(Scale.Quantize(vector), 1000)
                .Select(hit => hit with { Score = hit.Score / (Scale.Factor * Scale.Factor) })
                .Concat(bm25.Search(query.Text, 1000).Select(hit => hit with { Score = Weight * hit.Score }))
                .GroupBy(hit => hit.DocumentId, (id, hits) => new ScoredDocument(id, hits.Sum(hit => hit.Score)))
                .OrderByDescending(hit => hit.Score)])));
        Assert.Equal(
            EvaluationReport.Compute(run, _collection.Qrels), Run([Parse("bm25-weight 0.7")]).Single().Effect.Report);
    }

    [Fact]
    public void Idf_encoder_and_precision_reach_the_loader()
    {
        var results = Run([Parse("query-encoder idf"), Parse("model-precision Int8"), new()]);
        Assert.Equal([null, "int8"], _loaded);
        Assert.NotEqual(results[0].Effect.TermsPerQuery, results[2].Effect.TermsPerQuery);
    }

    [Fact]
    public void Interrupted_sweep_continues_with_the_missing_points_and_half_lines_are_cut_off()
    {
        SweepPoint[] points = [new(), Parse("query-terms 3"), Parse("document-terms 4")];
        var all = Run(points);
        var lines = File.ReadAllLines(Journal);
        Assert.Equal(5, lines.Length); // inputs, three points, costs
        File.WriteAllText(Journal, $"{lines[0]}\n{lines[1]}\n{lines[2]}\n{lines[3][..20]}");
        var evaluated = new List<string>();
        var resumed = Run(points, new() { OnEvaluated = (point, _) => evaluated.Add(point.Name) });
        Assert.Equal(["document-terms 4"], evaluated);
        Assert.Equal(all.Select(result => result.Effect.Report), resumed.Select(result => result.Effect.Report));
    }

    [Fact]
    public void Finished_sweep_measures_nothing_again_unless_asked()
    {
        SweepPoint[] points = [new(), Parse("query-terms 3")];
        var first = Run(points);
        var rounds = 0;
        var again = Run(points, new() { OnTimed = () => rounds++ });
        Assert.Equal(first.Select(result => result.Cost), again.Select(result => result.Cost));
        Assert.Equal(0, rounds);
        Run(points, new() { OnTimed = () => rounds++, TimesAgain = true, Rounds = 2 });
        Assert.Equal(3, rounds); // one is the warm-up
    }

    [Fact]
    public void Other_number_of_hits_times_again_but_evaluates_nothing()
    {
        SweepPoint[] points = [new(), Parse("query-terms 3")];
        Run(points);
        var (evaluated, rounds) = (0, 0);
        SweepOptions options = new()
        {
            OnEvaluated = (_, _) => evaluated++, OnTimed = () => rounds++, TimedHits = 3, Rounds = 2,
        };
        Run(points, options);
        Assert.Equal((0, 3), (evaluated, rounds));
        Run(points, options);
        Assert.Equal((0, 3), (evaluated, rounds));
    }

    [Fact]
    public void Changed_grid_keeps_results_and_measures_new_points()
    {
        Run([new(), Parse("query-terms 3")]);
        var evaluated = new List<string>();
        var results = Run(
            [new(), Parse("query-terms 4")], new() { OnEvaluated = (point, _) => evaluated.Add(point.Name) });
        Assert.Equal(["query-terms 4"], evaluated);
        Assert.Equal(["default", "query-terms 4"], results.Select(result => result.Point.Name));
    }

    [Fact]
    public void Other_inputs_are_refused_naming_them()
    {
        Run([new()]);
        var exception = Assert.Throws<InvalidOperationException>(() => CreateSweep(new()).Run(
            [new()], Journal, new Dictionary<string, string> { ["checkpoint"] = "def" }, Cancellation));
        Assert.Contains("belongs to a sweep with checkpoint abc, not def", exception.Message, StringComparison.Ordinal);
        Assert.Contains(
            "ignore identical ids False, not True",
            Assert.Throws<InvalidOperationException>(() => Run([new()], new() { IgnoresIdenticalIds = true })).Message,
            StringComparison.Ordinal);
        var other = new Sweep(RandomCollection.Load(seed: 2), Load);
        Assert.Contains(
            "belongs to a sweep with collection",
            Assert.Throws<InvalidOperationException>(() => other.Run([new()], Journal, Inputs, Cancellation)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "{}")]
    [InlineData(1, "nonsense")]
    [InlineData(1, "{\"Point\":\"default\"}")]
    [InlineData(1, "null")]
    public void Damaged_journal_is_refused_naming_the_line(int index, string line)
    {
        Run([new()]);
        var lines = File.ReadAllLines(Journal);
        lines[index] = line;
        File.WriteAllLines(Journal, lines);
        Assert.Contains(
            $"journal.jsonl, line {index + 1}: not a line of a sweep.",
            Assert.Throws<InvalidDataException>(() => Run([new()])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_query_and_queries_without_results_are_evaluated()
    {
        var one = new Sweep(RandomCollection.Load(queries: 1), Load).Run(
            [new()], Journal, Inputs, Cancellation).Single();
        Assert.Single(one.Effect.NdcgPerQuery);
        File.Delete(Journal);
        var none = Run([Parse("document-min-weight 100")]).Single();
        Assert.Equal((0, 0.0), (none.Effect.Report.RecallAt1000, none.Effect.TermsPerDocument));
    }

    [Fact]
    public void Canceled_sweep_throws_and_removes_its_indexes()
    {
        using var source = new CancellationTokenSource();
        var sweep = CreateSweep(new() { OnEvaluated = (_, _) => source.Cancel() });
        Assert.ThrowsAny<OperationCanceledException>(() => sweep.Run(
            [new(), Parse("document-terms 4")], Journal, Inputs, source.Token));
        Assert.Equal(2, File.ReadAllLines(Journal).Length); // inputs, one point
    }

    public void Dispose() => _folder.Dispose();

    private static SweepPoint Parse(string name) => name == "default" ? new() : name.Split(", ")
        .Select(dial => dial.Split(' '))
        .Aggregate(new SweepPoint(), (point, dial) => Dial.Find(dial[0]).Set(point, dial[1]));

    private static Dictionary<string, int> ToImpacts(SparseVector vector, ImpactScale scale) =>
        scale.Quantize(vector).ToDictionary(term => term.Term, term => term.Impact);

    private static double Multiply(Dictionary<string, int> query, Dictionary<string, int> document) =>
        query.Sum(term => (double)term.Value * document.GetValueOrDefault(term.Key));

    private IReadOnlyList<SweepResult> Run(IReadOnlyList<SweepPoint> points, SweepOptions? options = null) =>
        CreateSweep(options).Run(points, Journal, Inputs, Cancellation);

    private Sweep CreateSweep(SweepOptions? options) => new(_collection, Load, options);

    private SweepVectors Load(string? precision)
    {
        _loaded.Add(precision);
        return new(
            Encode(TextSide.Document), PerSide.Both(Scale),
            (encoding, _) => [.. Encode(TextSide.Query).Select(
                vector => encoding == QueryEncoding.Idf ? vector.TakeTop(1) : vector)]);
    }

    private IReadOnlyList<SparseVector> Encode(TextSide side) => TermListEncoder.BothSides[side].Encode(
        side == TextSide.Document
            ? [.. _collection.Corpus.Select(document => document.Contents)]
            : [.. _collection.Queries.Select(query => query.Text)],
        side, Cancellation);
}
