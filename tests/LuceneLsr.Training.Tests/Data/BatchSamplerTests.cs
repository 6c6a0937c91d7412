using LuceneLsr.Evaluation.Collections;
using LuceneLsr.TestSupport;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Tests.Support;

namespace LuceneLsr.Training.Tests.Data;

/// <summary>Two sources of titled documents, "a" of 12 and "b" of 30, and batches of 4.</summary>
public sealed class BatchSamplerTests : IDisposable
{
    private static readonly ContrastiveRecipe Both =
        TinyRecipe.Contrastive(new("a", PairKind.Titles, 1), new("b", PairKind.Titles, 3));

    private readonly TemporaryFolder _folder = new();

    public BatchSamplerTests()
    {
        WriteTitled("a", 12);
        WriteTitled("b", 30);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_seed_fixes_every_batch()
    {
        var first = Texts(Batches(Both, 50));
        Assert.Equal(first, Texts(Batches(Both, 50)));
        Assert.NotEqual(first, Texts(Batches(Both with { Seed = 2 }, 50)));
    }

    [Fact]
    public void A_batch_is_of_one_source_and_full() => Assert.All(Batches(Both, 50), batch =>
    {
        Assert.Equal(Both.BatchSize, batch.Pairs.Count);
        Assert.All(batch.Queries, query =>
            Assert.StartsWith(batch.Source[..^"/titles".Length], query, StringComparison.Ordinal));
    });

    [Fact]
    public void Sources_are_drawn_by_their_shares()
    {
        const int draws = 4000; // standard deviation of the share 0.75: 0.007
        Assert.Equal(0.75, Batches(Both, draws).Average(batch => batch.Source == "b/titles" ? 1 : 0), 0.03);
    }

    [Fact]
    public void Every_pair_is_seen_once_a_round()
    {
        var recipe = TinyRecipe.Contrastive(new RecipeSource("a", PairKind.Titles, 1));
        Assert.All(Batches(recipe, 30).Chunk(3), round =>
            Assert.Equal(12, round.SelectMany(batch => batch.Queries).Distinct().Count()));
    }

    [Fact]
    public void No_document_stands_twice_in_a_batch()
    {
        BeirFolder.Write(_folder, "shared",
            [.. Enumerable.Range(0, 6).Select(number => new BeirDocument($"d{number}", "", $"bird {number}"))],
            [.. Enumerable.Range(0, 24).Select(number => new BeirQuery($"q{number}", $"query {number}"))],
            Enumerable.Range(0, 24).Select(number => new Judgment($"q{number}", $"d{number % 6}", 1)));
        Assert.All(Batches(TinyRecipe.Contrastive(new RecipeSource("shared", PairKind.Judged, 1)), 200), batch =>
        {
            Assert.Equal(4, batch.Pairs.Count);
            Assert.Equal(4, batch.Documents.Distinct().Count());
        });
    }

    [Fact]
    public void Documents_are_the_queries_own_in_order_then_the_hard_negatives()
    {
        BeirFolder.Write(_folder, "judged",
            [.. Enumerable.Range(0, 20).Select(number => new BeirDocument($"d{number}", "", $"bird {number}"))],
            [.. Enumerable.Range(0, 8).Select(number => new BeirQuery($"q{number}", $"bird {number}"))],
            Enumerable.Range(0, 8).Select(number => new Judgment($"q{number}", $"d{number}", 1)));
        var batch = Batches(TinyRecipe.Contrastive(new RecipeSource("judged", PairKind.Judged, 1, Negatives: 2)), 1)[0];
        Assert.Equal(batch.Queries, batch.Documents.Take(4)); // each query reads like its document
        Assert.All(batch.Pairs, pair => Assert.Equal(2, pair.Negatives.Count));
        Assert.Equal(
            batch.Pairs.SelectMany(pair => pair.Negatives).Distinct().Except(batch.Queries), batch.Documents.Skip(4));
    }

    [Theory]
    [InlineData(PairKind.Titles)]
    [InlineData(PairKind.Sentences)]
    public void Pairs_of_any_corpus_may_have_hard_negatives(PairKind kind)
    {
        BeirFolder.WriteTitled(
            _folder, "passages",
            Enumerable.Range(0, 9).Select(number => ($"The first {number}", Passage($"{number}"))));
        var batch = Batches(TinyRecipe.Contrastive(new RecipeSource("passages", kind, 1, Negatives: 1)), 1)[0];
        Assert.All(batch.Pairs, pair =>
        {
            var negative = Assert.Single(pair.Negatives);
            Assert.NotEqual(pair.Document, negative);
            Assert.DoesNotContain(pair.Query, negative, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Sentences_come_from_a_folder_or_a_file()
    {
        BeirFolder.WriteTitled(
            _folder, "passages", Enumerable.Range(0, 4).Select(number => ("title", Passage($"{number}"))));
        _folder.Write("passages.jsonl", string.Concat(Enumerable.Range(0, 2).Select(number =>
            $$"""{"text": "{{Passage($"{number}a")}}\n{{Passage($"{number}b")}}"}""" + "\n"))); // two paragraphs each
        Assert.All(["passages", "passages.jsonl"], path =>
        {
            var batch = Batches(TinyRecipe.Contrastive(new RecipeSource(path, PairKind.Sentences, 1)), 1)[0];
            Assert.Equal(4, batch.Pairs.Count);
            Assert.All(batch.Queries, query =>
                Assert.EndsWith("one has enough words.", query, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void A_source_with_fewer_pairs_than_a_batch_is_refused()
    {
        var exception = Assert.Throws<InvalidDataException>(
            () => new BatchSampler(Both with { BatchSize = 13 }, _folder.Path));
        Assert.Equal(
            "Source 'a/titles' has 12 pairs, fewer than batch_size 13. Lower batch_size, or leave the source out.",
            exception.Message);
    }

    [Fact]
    public void A_batch_of_pairs_that_are_all_alike_is_refused()
    {
        BeirFolder.WriteTitled(_folder, "same", Enumerable.Repeat(("title", "text"), 8));
        Assert.StartsWith(
            "Source 'same/titles': pairs share their query or their document",
            Assert.Throws<InvalidDataException>(
                () => Batches(TinyRecipe.Contrastive(new RecipeSource("same", PairKind.Titles, 1)), 1)).Message,
            StringComparison.Ordinal);
    }

    private static string Passage(string name) =>
        $"The first of {name}, this one has enough words. The second of {name}, this one has enough words. Third.";

    private static IEnumerable<string> Texts(IEnumerable<TrainingBatch> batches) =>
        batches.SelectMany(batch => batch.Documents);

    private void WriteTitled(string name, int count) => BeirFolder.WriteTitled(
        _folder, name,
        Enumerable.Range(0, count).Select(number => ($"{name} title {number}", $"{name} text {number}")));

    private List<TrainingBatch> Batches(ContrastiveRecipe recipe, int count)
    {
        using var sampler = new BatchSampler(recipe, _folder.Path);
        return [.. Enumerable.Range(0, count).Select(_ => sampler.Next())];
    }
}
