using LuceneLsr.Evaluation.Collections;
using LuceneLsr.TestSupport;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Tests.Support;

namespace LuceneLsr.Training.Tests.Data;

/// <summary>Source "a" has 12 titled documents and source "b" has 30. Batches have 4 pairs.</summary>
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
    public void Next_with_the_same_seed_draws_the_same_batches()
    {
        var first = Texts(Batches(Both, 50));
        Assert.Equal(first, Texts(Batches(Both, 50)));
        Assert.NotEqual(first, Texts(Batches(Both with { Seed = 2 }, 50)));
    }

    [Fact]
    public void Next_draws_full_batches_from_one_source_each() => Assert.All(Batches(Both, 50), batch =>
    {
        Assert.Equal(Both.BatchSize, batch.Pairs.Count);
        Assert.All(batch.Queries, query =>
            Assert.StartsWith(batch.Source[..^"/titles".Length], query, StringComparison.Ordinal));
    });

    [Fact]
    public void Next_draws_sources_by_their_shares()
    {
        const int draws = 4000; // the standard deviation of a share of 0.75 is 0.007
        Assert.Equal(0.75, Batches(Both, draws).Average(batch => batch.Source == "b/titles" ? 1 : 0), 0.03);
    }

    [Fact]
    public void Next_draws_every_pair_once_per_epoch()
    {
        var recipe = TinyRecipe.Contrastive(new RecipeSource("a", PairKind.Titles, 1));
        Assert.All(Batches(recipe, 30).Chunk(3), epoch =>
            Assert.Equal(12, epoch.SelectMany(batch => batch.Queries).Distinct().Count()));
    }

    [Fact]
    public void Next_never_repeats_a_document_within_a_batch()
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
    public void Batch_lists_relevant_documents_in_query_order_before_hard_negatives()
    {
        BeirFolder.Write(_folder, "judged",
            [.. Enumerable.Range(0, 20).Select(number => new BeirDocument($"d{number}", "", $"bird {number}"))],
            [.. Enumerable.Range(0, 8).Select(number => new BeirQuery($"q{number}", $"bird {number}"))],
            Enumerable.Range(0, 8).Select(number => new Judgment($"q{number}", $"d{number}", 1)));
        var batch = Batches(TinyRecipe.Contrastive(new RecipeSource("judged", PairKind.Judged, 1, Negatives: 2)), 1)[0];
        Assert.Equal(batch.Queries, batch.Documents.Take(4)); // each query equals its document
        Assert.All(batch.Pairs, pair => Assert.Equal(2, pair.Negatives.Count));
        Assert.Equal(
            batch.Pairs.SelectMany(pair => pair.Negatives).Distinct().Except(batch.Queries), batch.Documents.Skip(4));
    }

    [Theory]
    [InlineData(PairKind.Titles)]
    [InlineData(PairKind.Sentences)]
    public void Next_mines_hard_negatives_for_titles_and_sentences(PairKind kind)
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
    public void Sentence_source_reads_a_directory_or_a_file()
    {
        BeirFolder.WriteTitled(
            _folder, "passages", Enumerable.Range(0, 4).Select(number => ("title", Passage($"{number}"))));
        _folder.Write("passages.jsonl", string.Concat(Enumerable.Range(0, 2).Select(number =>
            $$"""{"text": "{{Passage($"{number}a")}}\n{{Passage($"{number}b")}}"}""" + "\n"))); // two paragraphs
        Assert.All(["passages", "passages.jsonl"], path =>
        {
            var batch = Batches(TinyRecipe.Contrastive(new RecipeSource(path, PairKind.Sentences, 1)), 1)[0];
            Assert.Equal(4, batch.Pairs.Count);
            Assert.All(batch.Queries, query =>
                Assert.EndsWith("one has enough words.", query, StringComparison.Ordinal));
        });
    }

    /// <summary>Pairs are about one of six topics. Four pairs of each are drawn together.</summary>
    [Fact]
    public void Next_with_similar_batches_groups_pairs_by_their_words()
    {
        string[] topics = ["wing", "tail", "beak", "nest", "song", "egg"];
        BeirFolder.WriteTitled(_folder, "topics", Enumerable.Range(0, 24).Select(number =>
            ($"query {number} of the {topics[number % 6]}s", $"text {number} about a {topics[number % 6]}")));
        var recipe = TinyRecipe.Contrastive(new RecipeSource("topics", PairKind.Titles, 1)) with { SimilarBatches = 6 };
        Assert.All(Batches(recipe, 60).Chunk(6), epoch =>
        {
            Assert.Equal(24, epoch.SelectMany(batch => batch.Queries).Distinct().Count());
            Assert.All(epoch, batch => Assert.Single(batch.Documents.Select(text => text.Split(' ')[^1]).Distinct()));
        });
        Assert.True(Batches(recipe with { SimilarBatches = 1 }, 6)
            .Average(batch => batch.Documents.Select(text => text.Split(' ')[^1]).Distinct().Count()) > 2);
    }

    [Fact]
    public void Constructor_with_fewer_pairs_than_a_batch_throws()
    {
        var exception = Assert.Throws<InvalidDataException>(
            () => new BatchSampler(Both with { BatchSize = 13 }, _folder.Path));
        Assert.Equal(
            "Source 'a/titles' has 12 pairs, fewer than batch_size 13. Lower batch_size, or remove the source.",
            exception.Message);
    }

    [Fact]
    public void Next_from_a_source_of_identical_pairs_throws()
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
