using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Checkpoints.Adapters;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using LuceneLsr.Torch.Weights;
using LuceneLsr.TorchTestSupport;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Models;

public sealed class LanguageModelLoraTests : IDisposable
{
    private static readonly string[] Modules =
    [
        "model.layers.0.self_attn.q_proj", "model.layers.0.mlp.down_proj",
        "model.layers.1.self_attn.q_proj", "model.layers.1.mlp.down_proj",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly ReferenceWeights _weights = ReferenceWeights.Random(TinyModel.Config, seed: 31);
    private readonly LanguageModel _model;

    public LanguageModelLoraTests() => _model = TinyModel.Create(TinyModel.Config, _weights);

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void New_lora_factors_do_not_change_logits()
    {
        var before = ComputeLogits(_model);
        _model.AddLora(TrainedLora.Rank, TrainedLora.Alpha, dropout: 0.5, TrainedLora.Targets);
        Assert.Equal(before, ComputeLogits(_model));
    }

    [Fact]
    public void New_lora_factors_are_uniform_A_and_zero_B()
    {
        _model.AddLora(TrainedLora.Rank, TrainedLora.Alpha, dropout: 0, TrainedLora.Targets);
        var factors = _model.GetLoraFactors();
        Assert.Equal(Modules.Order(), factors.Keys.Order());
        var (a, b) = factors["model.layers.1.mlp.down_proj"]; // 24 columns
        Assert.Equal([TrainedLora.Rank, 24], a.shape);
        Assert.Equal([16, TrainedLora.Rank], b.shape);
        Assert.All(a.data<float>().ToArray(), value => Assert.InRange(Math.Abs(value), 0, 1 / Math.Sqrt(24)));
        Assert.InRange(a.abs().mean().item<float>(), 0.3 / Math.Sqrt(24), 0.7 / Math.Sqrt(24));
        Assert.All(b.data<float>().ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void AddLora_without_targets_adapts_every_projection_of_the_layers()
    {
        _model.AddLora(rank: 1, alpha: 1, dropout: 0, targets: null);
        Assert.Equal(
            new[] { "q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj" }
                .SelectMany(name => Enumerable.Repeat(name, 2)).Order(),
            _model.GetLoraFactors().Keys.Select(name => name[(name.LastIndexOf('.') + 1)..]).Order());
    }

    [Fact]
    public void AddLora_freezes_all_other_parameters()
    {
        _model.AddLora(TrainedLora.Rank, TrainedLora.Alpha, dropout: 0, TrainedLora.Targets);
        Assert.Equal(
            Modules.SelectMany(module => new[] { $"{module}.lora.a", $"{module}.lora.b" }).Order(),
            _model.named_parameters().Where(pair => pair.parameter.requires_grad).Select(pair => pair.name).Order());
    }

    [Fact]
    public void Logits_with_lora_match_merged_weights()
    {
        _model.AddTrainedLora();
        using var merged = TinyModel.Create(TinyModel.Config, ComputeMerged(_model.GetLoraFactors()));
        Near.Equal(ComputeLogits(merged), ComputeLogits(_model));
    }

    [Fact]
    public void Lora_dropout_applies_in_training_only()
    {
        _model.AddTrainedLora(dropout: 0.5);
        _model.eval();
        var without = ComputeLogits(_model);
        _model.train();
        manual_seed(1);
        var first = ComputeLogits(_model);
        Assert.NotEqual(without, first);
        Assert.NotEqual(first, ComputeLogits(_model)); // another dropout mask is drawn
    }

    /// <summary>TorchSharp replaces parameters when a module moves.</summary>
    [Fact]
    public void Logits_with_lora_are_unchanged_after_moving_model()
    {
        _model.AddTrainedLora();
        var before = ComputeLogits(_model);
        _model.to(ScalarType.Float64);
        Near.Equal(before, ComputeLogits(_model));
    }

    [Fact]
    public void Saved_checkpoint_has_lora_merged_into_weights()
    {
        TinyCheckpoint.Write(_folder, TinyModel.Config, _weights, TinyCheckpoint.Settings);
        var saved = _folder.File("saved");
        using var checkpoint = Checkpoint.Load(_folder.Path);
        checkpoint.Model.AddTrainedLora();
        checkpoint.SaveWithFilesFrom(_folder.Path, saved, Precision.Float32);
        using var again = Checkpoint.Load(saved); // rejects unknown tensors
        Near.Equal(ComputeLogits(checkpoint.Model), ComputeLogits(again.Model));
        var merged = ComputeMerged(checkpoint.Model.GetLoraFactors());
        Assert.All(merged.Names, name => Near.Equal(
            merged[name],
            again.Model.GetValues(name)));
    }

    [Fact]
    public void Lora_factors_saved_as_adapter_give_same_logits()
    {
        TinyCheckpoint.Write(_folder, TinyModel.Config, _weights, TinyCheckpoint.Settings);
        using var checkpoint = Checkpoint.Load(_folder.Path);
        checkpoint.Model.AddTrainedLora();
        var saved = _folder.File("adapter");
        new LoraAdapter(TrainedLora.Config, checkpoint.Model.GetLoraFactors()).Save(saved);
        foreach (var file in new[] { "tokenizer.json", "lsr.json" })
        {
            File.Copy(_folder.File(file), Path.Combine(saved, file));
        }

        using var again = Checkpoint.Load(saved);
        Near.Equal(ComputeLogits(checkpoint.Model), ComputeLogits(again.Model));
    }

    [Fact]
    public void AddLora_unknown_projection_throws() => Assert.Equal(
        "The layers have no projection 'lm_head'. Choose from q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, "
        + "down_proj.",
        Assert.Throws<ArgumentException>(
            () => _model.AddLora(rank: 1, alpha: 1, dropout: 0, ["q_proj", "lm_head"])).Message);

    [Fact]
    public void AddLora_unknown_projection_leaves_model_unchanged()
    {
        Assert.Throws<ArgumentException>(() => _model.AddLora(rank: 1, alpha: 1, dropout: 0, ["q_proj", "lm_head"]));
        Assert.Empty(_model.GetLoraFactors());
        Assert.All(_model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void AddLora_to_quantized_model_throws()
    {
        TinyCheckpoint.Write(_folder, TinyModel.Config, _weights, TinyCheckpoint.Settings);
        using var checkpoint = Checkpoint.Load(_folder.Path, Precision.Int8);
        Assert.Throws<InvalidOperationException>(() => checkpoint.Model.AddTrainedLora());
    }

    private static float[] ComputeLogits(LanguageModel model)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var batch = TokenBatch.Create(TinyModel.CreateTexts(seed: 32, 7, 4), [], AttentionVariant.Causal, CPU);
        return model.ComputeLogits(model.forward(batch)).to(ScalarType.Float32).data<float>().ToArray();
    }

    private ReferenceWeights ComputeMerged(IReadOnlyDictionary<string, LoraFactors> factors) =>
        _weights.MergeLora(TinyModel.Config, factors);
}
