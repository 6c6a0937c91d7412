using CsCheck;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Runs;
using LuceneLsr.TestSupport;
using LuceneLsr.Training.Mining;
using LuceneLsr.Training.Tests.Support;

namespace LuceneLsr.Training.Tests.Mining;

/// <summary>
/// Ten documents, a to j; i has the text of b. For the first query, a and b are relevant and c is judged not relevant;
/// for the second query, d is relevant.
/// </summary>
public sealed class HardNegativeMinerTests : IDisposable
{
    private const string First = "first query", Second = "second query";

    private static readonly string[] Ids = [.. "abcdefghij".Select(letter => $"{letter}")];

    private static readonly Judgment[] Judgments =
        [new("q1", "a", 1), new("q1", "b", 2), new("q1", "c", 0), new("q2", "d", 1)];

    // Judgments without a pair: a blank document, a blank query, and a query without relevant documents.
    private static readonly Judgment[] WithoutPairs = [new("q2", "blank", 1), new("q3", "e", 1), new("q4", "e", 0)];

    private static readonly Gen<(string Id, double Score)[]> Scores = Gen
        .Shuffle(Enumerable.Range(-2, Ids.Length).ToArray())
        .Select(scores => Ids.Zip(scores, (id, score) => (id, (double)score)).ToArray());

    private static readonly Gen<MiningOptions> AnyOptions = Gen.Select(
        Gen.Int[1, 12], Gen.Int[1, 6], Gen.OneOf(Gen.Const(0.5), Gen.Const(0.95), Gen.Const(1.0), Gen.Const(2.0)),
        (depth, negatives, share) =>
            new MiningOptions { Depth = depth, Negatives = negatives, MaxPositiveShare = share });

    private readonly TemporaryFolder _folder = new();
    private readonly BeirCollection _collection;

    public HardNegativeMinerTests() => _collection = Load([.. Judgments, .. WithoutPairs]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Negatives_score_at_most_a_share_of_the_relevant_documents_score()
    {
        // The limit is 0.95 x 20 = 19 for a and 0.95 x 10 = 9.5 for b.
        var pairs = Mine(new(), ("e", 19.1), ("f", 19), ("a", 20), ("b", 10), ("g", 9.6), ("h", 9.5));
        Assert.Equal([Text("f"), Text("g"), Text("h")], pairs[0].Negatives);
        Assert.Equal([Text("h")], pairs[1].Negatives);
    }

    [Fact]
    public void Scores_list_relevant_document_and_then_each_negative() =>
        Assert.Equal([20, 3, 2.5f, 1], Mine(new(), ("e", 1), ("f", 3), ("g", 2.5), ("a", 20))[0].Scores!);

    [Fact]
    public void Judged_documents_and_copies_of_their_texts_are_not_negatives() => Assert.Equal(
        [Text("d")], Mine(new(), ("a", 20), ("b", 15), ("c", 14), ("d", 13), ("i", 12))[0].Negatives);

    [Fact]
    public void Negatives_are_the_top_documents_up_to_the_maximum_number() => Assert.Equal(
        [Text("d"), Text("e")],
        Mine(new() { Negatives = 2 }, ("f", 13), ("a", 20), ("d", 15), ("e", 14))[0].Negatives);

    [Fact]
    public void Documents_beyond_depth_are_not_negatives() => Assert.Equal(
        [Text("d"), Text("e")],
        Mine(new() { Depth = 3 }, ("f", 13), ("a", 20), ("d", 15), ("e", 14))[0].Negatives);

    [Fact]
    public void Relevant_document_beyond_depth_keeps_its_score()
    {
        var pair = Mine(new() { Depth = 2, MaxPositiveShare = 10 }, ("d", 15), ("e", 14), ("f", 13), ("a", 12))[0];
        Assert.Equal([Text("d"), Text("e")], pair.Negatives);
        Assert.Equal([12, 15, 14], pair.Scores!);
    }

    [Fact]
    public void Relevant_document_without_score_has_no_negatives()
    {
        var pair = Mine(new(), ("d", 15), ("e", 14))[0];
        Assert.Empty(pair.Negatives);
        Assert.Equal([0], pair.Scores!);
    }

    [Fact]
    public void Several_rankings_are_filtered_by_their_own_scores_and_merged_round_robin()
    {
        // The limits are 9.5 and 95: d is too high in the first ranking but not in the second, h is too high in both.
        var pair = Mine(
            new(),
            [("a", 10), ("d", 9.9), ("e", 9), ("f", 8), ("g", 7)],
            [("a", 100), ("h", 99), ("e", 90), ("d", 80), ("j", 70)])[0];
        Assert.Equal([Text("e"), Text("f"), Text("d"), Text("g"), Text("j")], pair.Negatives);
        Assert.Null(pair.Scores);
    }

    [Fact]
    public void Each_query_has_a_pair_per_relevant_text() => Assert.Equal(
        [(First, Text("a")), (First, Text("b")), (Second, Text("d"))],
        Mine(new(), ("a", 1)).Select(pair => (pair.Query, pair.Positive)));

    [Fact]
    public void Judged_documents_that_are_not_in_the_corpus_are_skipped()
    {
        Judgment[] judgments = [new("q1", "a", 1), new("q1", "missing", 1)];
        var pairs = Mine(Load(judgments), new(), [[("a", 20), ("d", 11)]]);
        Assert.Equal(Text("a"), Assert.Single(pairs).Positive);
    }

    [Fact]
    public void Queries_with_the_same_text_share_their_judgments()
    {
        Judgment[] twice = [new("q1", "a", 1), new("q5", "a", 1), new("q5", "e", 1)];
        var pairs = Mine(Load(twice), new(), [[("a", 20), ("d", 11), ("e", 10), ("f", 9)]]);
        Assert.Equal([Text("a"), Text("e")], pairs.Select(pair => pair.Positive));
        Assert.Equal([Text("d"), Text("f")], pairs[0].Negatives);
    }

    [Fact]
    public void Count_is_known_before_mining() =>
        Assert.Equal(3, new HardNegativeMiner(_collection, [Table()], new()).Count);

    [Fact]
    public void Negatives_match_naive_search_over_all_documents() =>
        Gen.Select(Scores, Scores, AnyOptions, Gen.Bool).Sample((one, two, options, isAlone) =>
        {
            (string, double)[][] tables = isAlone ? [one] : [one, two];
            var pairs = Mine(options, tables);
            Assert.Equal(MineNaively("a", options, tables), pairs[0].Negatives);
            Assert.Equal(MineNaively("b", options, tables), pairs[1].Negatives);
        });

    [Fact]
    public void Split_without_relevant_documents_is_rejected()
    {
        var error = Assert.Throws<InvalidDataException>(
            () => new HardNegativeMiner(Load(WithoutPairs), [Table()], new()));
        Assert.Contains("Use another split", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Miner_without_rankers_is_rejected() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new HardNegativeMiner(_collection, [], new()));

    [Theory]
    [InlineData(0, 1, 0.9)]
    [InlineData(1, 0, 0.9)]
    [InlineData(1, 1, 0)]
    [InlineData(1, 1, double.NaN)]
    [InlineData(1, 1, double.PositiveInfinity)]
    public void Options_out_of_range_are_rejected(int depth, int negatives, double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new HardNegativeMiner(
            _collection, [Table()], new() { Depth = depth, Negatives = negatives, MaxPositiveShare = share }));

    // Takes the first document of each ranking, then the second of each, and so on.
    private static List<string> MineNaively(
        string positive, MiningOptions options, (string Id, double Score)[][] tables)
    {
        var found = new List<string>();
        var queues = new List<Queue<string>>();
        foreach (var table in tables)
        {
            var limit = options.MaxPositiveShare * Math.Max(0, table.Single(hit => hit.Id == positive).Score);
            var queue = new Queue<string>();
            foreach (var (id, score) in table.OrderByDescending(hit => hit.Score).Take(options.Depth))
            {
                if (score > 0 && score <= limit)
                {
                    queue.Enqueue(id);
                }
            }

            queues.Add(queue);
        }

        while (queues.Exists(queue => queue.Count > 0))
        {
            foreach (var id in queues.Where(queue => queue.Count > 0).Select(queue => queue.Dequeue()))
            {
                if (id is not ("a" or "b" or "c" or "i") && !found.Contains(Text(id)))
                {
                    found.Add(Text(id));
                }
            }
        }

        return [.. found.Take(options.Negatives)];
    }

    private static string Text(string id) => id == "i" ? Text("b") : $"text of {id}";

    private static ScoreTable Table(params (string Id, double Score)[] first) =>
        new(new() { [First] = first, [Second] = [] });

    private List<MinedPair> Mine(MiningOptions options, params (string Id, double Score)[] scores) =>
        Mine(options, [scores]);

    private List<MinedPair> Mine(MiningOptions options, params (string Id, double Score)[][] scores) =>
        Mine(_collection, options, scores);

    private static List<MinedPair> Mine(
        BeirCollection collection, MiningOptions options, (string Id, double Score)[][] scores) =>
        [.. new HardNegativeMiner(collection, [.. scores.Select(IRanker (table) => Table(table))], options)
            .Mine(TestContext.Current.CancellationToken)];

    private BeirCollection Load(Judgment[] judgments)
    {
        BeirDocument[] corpus = [.. Ids.Select(id => new BeirDocument(id, "", Text(id))), new("blank", "", " ")];
        BeirQuery[] queries =
            [new("q1", First), new("q2", Second), new("q3", " "), new("q4", "fourth query"), new("q5", First)];
        return BeirCollection.Load(
            BeirFolder.Write(_folder, $"{judgments.Length} judgments", corpus, queries, judgments), "train");
    }
}
