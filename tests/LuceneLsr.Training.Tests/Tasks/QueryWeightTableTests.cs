using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Tasks;
using LuceneLsr.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Tasks;

public sealed class QueryWeightTableTests : IDisposable
{
    private static readonly LsrSettings Stems = new() { TermRule = new TermRule(Stemming.Porter) };

    private readonly TemporaryFolder _folder = new();
    private readonly Checkpoint _checkpoint; // one row per token; "run" and "runs" share a term, "." has none
    private readonly QueryWeightTable _table;

    public QueryWeightTableTests()
    {
        _checkpoint = TinyCheckpoint.Create(
            WordTokenizer.Write(_folder.Path, "run", "runs", "cat", "dog", "."), settings: Stems);
        _table = new QueryWeightTable(_checkpoint, new(LearningRate: 0.1), CPU);
    }

    public void Dispose()
    {
        _table.Dispose();
        _checkpoint.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Query_has_entries_of_its_own_terms_only()
    {
        Set("cat", 3);
        Set("dog", 0.5f);
        using var weights = Weights("cat dog cat .", "dog");
        Assert.Equal([("cat", 3), ("dog", 0.5f)], Active(weights[0]).Order());
        Assert.Equal([("dog", 0.5f)], Active(weights[1]));
    }

    [Fact]
    public void Initial_entries_are_one()
    {
        using var weights = Weights("cat dog");
        Assert.Equal([("cat", 1), ("dog", 1)], Active(weights[0]).Order());
    }

    [Fact]
    public void Common_factor_scales_all_entries_and_is_part_of_the_saved_table()
    {
        Set("cat", 3);
        Set("run", 0.5f);
        using (no_grad())
        {
            _table.LogScale.fill_(Math.Log(2));
        }

        using var weights = Weights("cat runs");
        Assert.Equal([("cat", 6), ("runs", 1)], Active(weights).Order());
        _table.Save(_folder.Path);
        _table.Load(_folder.Path);
        using var loaded = Weights("cat runs");
        Assert.Equal([("cat", 6), ("runs", 1)], Active(loaded).Order());
    }

    [Fact]
    public void Negative_entry_has_zero_weight()
    {
        Set("cat", -2);
        using var weights = Weights("cat");
        Assert.Empty(Active(weights[0]));
    }

    [Fact]
    public void Rows_with_the_same_term_share_an_entry()
    {
        Set("run", 2);
        using var weights = Weights("runs");
        Assert.Equal([("runs", 2)], Active(weights[0]));
    }

    [Fact]
    public void Only_entries_of_query_terms_get_a_gradient()
    {
        using var weights = Weights("runs cat", "cat .");
        weights.sum().backward();
        using var gradient = _table.Table.grad!;
        Assert.Equal([("cat", 2), ("run", 1)], Active(gradient).Order());
    }

    [Fact]
    public void Saved_table_is_readable_by_inference_free_encoder()
    {
        Set("cat", 0.123456789f);
        Set("dog", -1);
        Set("run", 2);
        var directory = _checkpoint.Write(_folder, "trained");
        _table.Save(directory);
        using var encoder = InferenceFreeQueryEncoder.Load(directory);
        var vector = encoder.Encode("runs, cats: cat dog.", TextSide.Query, TestContext.Current.CancellationToken);
        Assert.Equal(
            [new("run", 2), new("cat", 0.123456789f)],
            vector.Entries.Where(entry => entry.Term is "run" or "cat" or "dog"));
    }

    [Fact]
    public void Load_reads_table_of_directory()
    {
        _folder.Write(QueryWeights.FileName, "run\t0.25\ncat\t4\n");
        _table.Load(_folder.Path);
        using var weights = Weights("runs cat dog");
        Assert.Equal([("cat", 4), ("runs", 0.25f)], Active(weights[0]).Order());
    }

    [Fact]
    public void Load_of_directory_without_table_changes_nothing()
    {
        _table.Load(_folder.Path);
        Assert.All(_table.Table.data<float>().ToArray(), entry => Assert.Equal(1, entry));
    }

    private Tensor Weights(params string[] queries) =>
        _table.ComputeWeights([.. queries.Select(query => _checkpoint.Tokenizer.Encode(query))]);

    private IEnumerable<(string Token, float Weight)> Active(Tensor weights) => weights.data<float>().ToArray().Index()
        .Where(weight => weight.Item != 0)
        .Select(weight => (_checkpoint.Tokenizer.GetSurface(weight.Index)!.Trim(), weight.Item));

    private void Set(string word, float value)
    {
        using var noGrad = no_grad();
        _table.Table[_checkpoint.Tokenizer.Id(word)] = tensor(value);
    }
}
