using System.Text.Json.Nodes;
using CsCheck;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.TestSupport;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Tests.Support;

namespace LuceneLsr.Training.Tests.Data;

/// <summary>One source of each kind with 9 pairs, and batches of 4, so that epochs end within batches.</summary>
public sealed class BatchSamplerPositionTests : IDisposable
{
    private static readonly int[] Numbers = [.. Enumerable.Range(0, 9)];

    private static readonly ContrastiveRecipe EveryKind = TinyRecipe.Contrastive(
        new("birds", PairKind.Judged, 1, Negatives: 2),
        new("birds", PairKind.Judged, 1, Negatives: 2, Scores: "birds/scores.tsv"),
        new("birds", PairKind.Titles, 1),
        new("birds", PairKind.Sentences, 1, Negatives: 1),
        new("pairs.jsonl", PairKind.Pairs, 1, Negatives: 1),
        new("marco", PairKind.Triples, 1, Negatives: 1),
        new("triples.tsv", PairKind.Triples, 1, Negatives: 1));

    private readonly TemporaryFolder _folder = new();

    public BatchSamplerPositionTests()
    {
        BeirFolder.Write(
            _folder, "birds",
            Numbers.Select(number => new BeirDocument(
                $"d{number}", $"Bird {number}",
                $"The first of {number} has five words. So has the second one. Third.")),
            Numbers.Select(number => new BeirQuery($"q{number}", $"bird {number}")),
            Numbers.Select(number => new Judgment($"q{number}", $"d{number}", 1)));
        WriteLines("birds/scores.tsv", number =>
            string.Join('\n', Numbers.Select(other => $"q{number}\td{other}\t{number}.{other}")));
        WriteLines("pairs.jsonl", number =>
            $$"""{"query": "q{{number}}", "positive": "p{{number}}", "negatives": ["1", "2"], "scores": [0, 1, 2]}""");
        WriteLines("triples.tsv", number => $"q{number}\tp{number}\tn{number}");
        Directory.CreateDirectory(_folder.File("marco"));
        WriteLines("marco/collection.tsv", number => $"{number}\tpassage {number}");
        WriteLines("marco/queries.tsv", number => $"{number}\tquery {number}");
        WriteLines("marco/qidpidtriples.tsv", number => $"{number}\t{number}\t{(number + 1) % Numbers.Length}");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Batches have 3 of the 9 pairs, so a pool has two or three batches.</summary>
    [Fact]
    public void Sampler_set_to_the_position_of_another_continues_with_the_same_batches() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[1, 60], Gen.Int[0, 1000], Gen.Int[1, 3]).Sample(
        (before, after, seed, similar) =>
        {
            var recipe = EveryKind with { Seed = seed, SimilarBatches = similar, BatchSize = similar == 1 ? 4 : 3 };
            using var first = new BatchSampler(recipe, _folder.Path);
            using var second = new BatchSampler(recipe, _folder.Path);
            Draw(first, before);
            second.Position = first.Position;
            Assert.Equal(Draw(first, after), Draw(second, after));
        }, iter: 20, threads: 1);

    [Fact]
    public void Sampler_set_back_to_an_earlier_position_repeats_the_batches()
    {
        using var sampler = new BatchSampler(EveryKind, _folder.Path);
        Draw(sampler, 5);
        var position = sampler.Position;
        var once = Draw(sampler, 40);
        sampler.Position = position;
        Assert.Equal(once, Draw(sampler, 40));
    }

    [Theory]
    [InlineData("[0,0,0,0,0,0]")]
    [InlineData("[-1,0,0,0,0,0,0]")]
    [InlineData("[3,0,0,0,0,0,0]")]
    public void Position_with_impossible_use_of_pools_throws(string used)
    {
        using var sampler = new BatchSampler(EveryKind with { SimilarBatches = 2 }, _folder.Path);
        var position = sampler.Position;
        position["Used"] = JsonNode.Parse(used);
        Assert.Contains(used, Assert.Throws<InvalidDataException>(() => sampler.Position = position).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Position_of_changed_data_throws()
    {
        using var before = new BatchSampler(EveryKind, _folder.Path);
        File.AppendAllText(_folder.File("triples.tsv"), "q9\tp9\tn9\n");
        using var after = new BatchSampler(EveryKind, _folder.Path);
        Assert.StartsWith(
            "Source 'triples.tsv/triples' has 10 pairs, but had 9 when the run started",
            Assert.Throws<InvalidOperationException>(() => after.Position = before.Position).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Next_draws_the_configured_number_of_negatives_from_each_source()
    {
        using var sampler = new BatchSampler(EveryKind, _folder.Path);
        Assert.Equal(
            [("birds/judged", 2, false), ("birds/judged", 2, true), ("birds/sentences", 1, false),
                ("birds/titles", 0, false), ("marco/triples", 1, false), ("pairs.jsonl/pairs", 1, true),
                ("triples.tsv/triples", 1, false)],
            Enumerable.Range(0, 100).Select(_ => sampler.Next())
                .SelectMany(batch => batch.Pairs.Select(pair =>
                    (batch.Source, pair.Negatives.Count, pair.TeacherScores is not null)))
                .Distinct().Order());
    }

    private static List<string> Draw(BatchSampler sampler, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => sampler.Next()).Select(batch => string.Join('\n',
            batch.Pairs.Select(pair => string.Join('|',
                [batch.Source, pair.Query, pair.Document, .. pair.Negatives, .. pair.TeacherScores ?? []]))))];

    private void WriteLines(string name, Func<int, string> line) =>
        _folder.WriteLines(name, [.. Numbers.Select(line)]);
}
