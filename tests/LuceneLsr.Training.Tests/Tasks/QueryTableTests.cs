using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Tasks;
using LuceneLsr.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Tasks;

public sealed class QueryTableTests : IDisposable
{
    private static readonly LsrSettings Stems = new() { TermRule = new TermRule(Stemming.Porter) };

    private readonly TemporaryFolder _folder = new();
    private readonly Checkpoint _checkpoint; // a row a token, of which "run" and "runs" share a term and "." has none
    private readonly QueryTable _table;

    public QueryTableTests()
    {
        _checkpoint = TinyCheckpoint.Create(
            WordTokenizer.Write(_folder.Path, "run", "runs", "cat", "dog", "."), settings: Stems);
        _table = new QueryTable(_checkpoint, new(LearningRate: 0.1), CPU);
    }

    public void Dispose()
    {
        _table.Dispose();
        _checkpoint.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_query_has_the_entries_of_its_terms_and_no_others()
    {
        Set("cat", 3);
        Set("dog", 0.5f);
        using var weights = Weights("cat dog cat .", "dog");
        Assert.Equal([("cat", 3), ("dog", 0.5f)], Active(weights[0]).Order());
        Assert.Equal([("dog", 0.5f)], Active(weights[1]));
    }

    [Fact]
    public void Every_entry_is_one_at_first()
    {
        using var weights = Weights("cat dog");
        Assert.Equal([("cat", 1), ("dog", 1)], Active(weights[0]).Order());
    }

    [Fact]
    public void A_negative_entry_weighs_nothing()
    {
        Set("cat", -2);
        using var weights = Weights("cat");
        Assert.Empty(Active(weights[0]));
    }

    [Fact]
    public void Rows_that_share_a_term_share_its_entry()
    {
        Set("run", 2);
        using var weights = Weights("runs");
        Assert.Equal([("runs", 2)], Active(weights[0]));
    }

    [Fact]
    public void Only_entries_of_the_queries_terms_get_a_gradient()
    {
        using var weights = Weights("runs cat", "cat .");
        weights.sum().backward();
        using var gradient = _table.Table.grad!;
        Assert.Equal([("cat", 2), ("run", 1)], Active(gradient).Order());
    }

    [Fact]
    public void An_encoder_without_a_model_reads_the_weights_that_were_written()
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
    public void It_starts_from_the_table_of_a_directory()
    {
        _folder.Write(QueryWeights.FileName, "run\t0.25\ncat\t4\n");
        _table.Load(_folder.Path);
        using var weights = Weights("runs cat dog");
        Assert.Equal([("cat", 4), ("runs", 0.25f)], Active(weights[0]).Order());
    }

    [Fact]
    public void A_directory_without_a_table_changes_nothing()
    {
        _table.Load(_folder.Path);
        Assert.All(_table.Table.data<float>().ToArray(), entry => Assert.Equal(1, entry));
    }

    private Tensor Weights(params string[] queries) =>
        _table.Weights([.. queries.Select(query => _checkpoint.Tokenizer.Encode(query))]);

    private IEnumerable<(string Token, float Weight)> Active(Tensor weights) => weights.data<float>().ToArray().Index()
        .Where(weight => weight.Item != 0)
        .Select(weight => (_checkpoint.Tokenizer.GetSurface(weight.Index)!.Trim(), weight.Item));

    private void Set(string word, float value)
    {
        using var ungraded = no_grad();
        _table.Table[_checkpoint.Tokenizer.Id(word)] = tensor(value);
    }
}
