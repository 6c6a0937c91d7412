using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Checkpoints.Adapters;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using LuceneLsr.Torch.Weights;
using LuceneLsr.TorchTestSupport;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Models;

public sealed class MaskedLanguageModelLoraTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The modules of one layer that a target adapts. "dense" is three projections of BERT.</summary>
    public static TheoryData<string, string, string[]> Targets { get; } = new()
    {
        { "bert", "query", ["attention.self.query"] },
        { "bert", "dense", ["attention.output.dense", "intermediate.dense", "output.dense"] },
        { "xlm-roberta", "key", ["attention.self.key"] },
        { "roberta", "value", ["attention.self.value"] },
        { "distilbert", "q_lin", ["attention.q_lin"] },
        { "distilbert", "out_lin", ["attention.out_lin"] },
        { "distilbert", "lin2", ["ffn.lin2"] },
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public void AddLora_adapts_projections_of_the_layers_only(string family, string target, string[] expected)
    {
        using var model = new LanguageModel(TinyEncoder.Create(family));
        model.AddLora(rank: 2, alpha: 2, dropout: 0, [target]);
        var names = PublishedNames.Families[family];
        Assert.Equal(
            new[] { 0, 1 }.SelectMany(layer => expected.Select(name => names.InLayer(layer, name))).Order(),
            model.GetLoraFactors().Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Logits_with_lora_match_merged_weights(string family, string target, string[] expected)
    {
        var config = TinyEncoder.Create(family);
        var weights = ReferenceWeights.Random(config, seed: 31);
        using var model = TinyModel.Create(config, weights);
        model.AddTrainedLora([target]);
        Assert.Equal(2 * expected.Length, model.GetLoraFactors().Count);
        using var merged = TinyModel.Create(config, weights.MergeLora(config, model.GetLoraFactors()));
        Near.Equal(ComputeLogits(merged), ComputeLogits(model));
    }

    [Theory]
    [InlineData("bert", "query", "dense")]
    [InlineData("distilbert", "v_lin", "lin1")]
    public void Saved_checkpoint_and_adapter_give_same_logits(string family, params string[] targets)
    {
        var config = TinyEncoder.Create(family);
        TinyCheckpoint.Write(
            _folder, config, ReferenceWeights.Random(config, seed: 31), TinyCheckpoint.Settings);
        using var checkpoint = Checkpoint.Load(_folder.Path);
        checkpoint.Model.AddTrainedLora(targets);
        string merged = _folder.File("merged"), adapter = _folder.File("adapter");
        checkpoint.SaveWithFilesFrom(_folder.Path, merged, Precision.Float32);
        new LoraAdapter(TrainedLora.Config, checkpoint.Model.GetLoraFactors()).Save(adapter);
        foreach (var file in new[] { "tokenizer.json", "lsr.json" })
        {
            File.Copy(_folder.File(file), Path.Combine(adapter, file));
        }

        var expected = ComputeLogits(checkpoint.Model);
        foreach (var directory in new[] { merged, adapter })
        {
            using var again = Checkpoint.Load(directory);
            Near.Equal(expected, ComputeLogits(again.Model));
        }
    }

    private static float[] ComputeLogits(LanguageModel model)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var batch = TokenBatch.Create(
            TinyModel.CreateTexts(seed: 32, 7, 4), [], AttentionVariant.Bidirectional, CPU);
        return model.ComputeLogits(model.forward(batch)).data<float>().ToArray();
    }
}
