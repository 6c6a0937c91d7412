using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Checkpoints.Adapters;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests;

public sealed class CausalLanguageModelLoraTests : IDisposable
{
    private static readonly string[] Modules =
    [
        "model.layers.0.self_attn.q_proj", "model.layers.0.mlp.down_proj",
        "model.layers.1.self_attn.q_proj", "model.layers.1.mlp.down_proj",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly ReferenceWeights _weights = ReferenceWeights.Random(TinyModel.Config, seed: 31);
    private readonly CausalLanguageModel _model;

    public CausalLanguageModelLoraTests() => _model = TinyModel.Create(TinyModel.Config, _weights);

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Nothing_is_added_at_first()
    {
        var before = Logits(_model);
        _model.AddLora(TrainedLora.Rank, TrainedLora.Alpha, dropout: 0.5, TrainedLora.Targets);
        Assert.Equal(before, Logits(_model));
    }

    [Fact]
    public void A_is_uniform_as_PEFTs_and_B_zero()
    {
        _model.AddLora(TrainedLora.Rank, TrainedLora.Alpha, dropout: 0, TrainedLora.Targets);
        var factors = _model.LoraFactors();
        Assert.Equal(Modules.Order(), factors.Keys.Order());
        var (a, b) = factors["model.layers.1.mlp.down_proj"]; // of 24 columns
        Assert.Equal([TrainedLora.Rank, 24], a.shape);
        Assert.Equal([16, TrainedLora.Rank], b.shape);
        Assert.All(a.data<float>().ToArray(), value => Assert.InRange(Math.Abs(value), 0, 1 / Math.Sqrt(24)));
        Assert.InRange(a.abs().mean().item<float>(), 0.3 / Math.Sqrt(24), 0.7 / Math.Sqrt(24));
        Assert.All(b.data<float>().ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Only_the_factors_are_trained()
    {
        _model.AddLora(TrainedLora.Rank, TrainedLora.Alpha, dropout: 0, TrainedLora.Targets);
        Assert.Equal(
            Modules.SelectMany(module => new[] { $"{module}.lora.a", $"{module}.lora.b" }).Order(),
            _model.named_parameters().Where(pair => pair.parameter.requires_grad).Select(pair => pair.name).Order());
    }

    [Fact]
    public void Logits_are_those_of_the_weights_plus_a_multiple_of_the_factors_product()
    {
        _model.AddTrainedLora();
        using var merged = TinyModel.Create(TinyModel.Config, Merged(_model.LoraFactors()));
        Near.Equal([.. Logits(merged).Select(value => (double)value)], Logits(_model));
    }

    [Fact]
    public void Dropout_is_of_training_alone()
    {
        _model.AddTrainedLora(dropout: 0.5);
        _model.eval();
        var without = Logits(_model);
        _model.train();
        manual_seed(1);
        var first = Logits(_model);
        Assert.NotEqual(without, first);
        Assert.NotEqual(first, Logits(_model)); // another one is drawn
    }

    /// <summary>As TorchSharp replaces parameters when a module moves.</summary>
    [Fact]
    public void A_moved_model_computes_the_same()
    {
        _model.AddTrainedLora();
        var before = Logits(_model);
        _model.to(ScalarType.Float64);
        Near.Equal([.. before.Select(value => (double)value)], Logits(_model));
    }

    [Fact]
    public void A_saved_checkpoint_has_the_factors_in_its_weights()
    {
        TinyCheckpoint.Write(_folder, TinyModel.Config, _weights, TinyCheckpoint.Settings);
        var saved = _folder.File("saved");
        using var checkpoint = Checkpoint.Load(_folder.Path);
        checkpoint.Model.AddTrainedLora();
        checkpoint.SaveWithFilesOf(_folder.Path, saved, Precision.Float32);
        using var again = Checkpoint.Load(saved); // which refuses strange tensors
        Near.Equal([.. Logits(checkpoint.Model).Select(value => (double)value)], Logits(again.Model));
        var merged = Merged(checkpoint.Model.LoraFactors());
        Assert.All(merged.Names, name => Near.Equal(
            [.. merged[name].Select(value => (double)value)],
            again.Model.get_parameter(name)!.data<float>().ToArray()));
    }

    [Fact]
    public void Factors_that_are_saved_as_an_adapter_give_the_same_logits()
    {
        TinyCheckpoint.Write(_folder, TinyModel.Config, _weights, TinyCheckpoint.Settings);
        using var checkpoint = Checkpoint.Load(_folder.Path);
        checkpoint.Model.AddTrainedLora();
        var saved = _folder.File("adapter");
        new LoraAdapter(TrainedLora.Config, checkpoint.Model.LoraFactors()).Save(saved);
        foreach (var file in new[] { "tokenizer.json", "lsr.json" })
        {
            File.Copy(_folder.File(file), Path.Combine(saved, file));
        }

        using var again = Checkpoint.Load(saved);
        Near.Equal([.. Logits(checkpoint.Model).Select(value => (double)value)], Logits(again.Model));
    }

    [Fact]
    public void A_projection_that_no_layer_has_is_refused() => Assert.Equal(
        "No layer has a projection 'lm_head'; "
        + "there are q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj.",
        Assert.Throws<ArgumentException>(
            () => _model.AddLora(rank: 1, alpha: 1, dropout: 0, ["q_proj", "lm_head"])).Message);

    [Fact]
    public void A_model_that_refused_a_projection_is_as_before()
    {
        Assert.Throws<ArgumentException>(() => _model.AddLora(rank: 1, alpha: 1, dropout: 0, ["q_proj", "lm_head"]));
        Assert.Empty(_model.LoraFactors());
        Assert.All(_model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void A_quantized_model_is_refused()
    {
        TinyCheckpoint.Write(_folder, TinyModel.Config, _weights, TinyCheckpoint.Settings);
        using var checkpoint = Checkpoint.Load(_folder.Path, Precision.Int8);
        Assert.Throws<InvalidOperationException>(() => checkpoint.Model.AddTrainedLora());
    }

    private static double[] Numbers(Tensor tensor)
    {
        using var wide = tensor.to(ScalarType.Float64);
        return wide.data<double>().ToArray();
    }

    private static float[] Logits(CausalLanguageModel model)
    {
        using var scope = NewDisposeScope();
        using var ungraded = no_grad();
        using var batch = TokenBatch.Create(TinyModel.Texts(seed: 32, 7, 4), [], AttentionVariant.Causal, CPU);
        return model.Logits(model.forward(batch)).to(ScalarType.Float32).data<float>().ToArray();
    }

    // W + 4 B A, element by element.
    private ReferenceWeights Merged(IReadOnlyDictionary<string, LoraFactors> factors)
    {
        var merged = _weights.Of(TinyModel.Config);
        foreach (var (module, (a, b)) in factors)
        {
            var (weight, columns) = (merged[module + ".weight"], merged.Shape(module + ".weight")[1]);
            double[] left = Numbers(b), right = Numbers(a);
            for (var index = 0; index < weight.Length; index++)
            {
                var (row, column) = (index / columns, index % columns);
                weight[index] += (float)(4 * Enumerable.Range(0, TrainedLora.Rank)
                    .Sum(rank => left[(row * TrainedLora.Rank) + rank] * right[(rank * columns) + column]));
            }
        }

        return merged;
    }
}
