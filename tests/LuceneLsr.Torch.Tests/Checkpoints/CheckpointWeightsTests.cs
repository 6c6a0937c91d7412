using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using LuceneLsr.Torch.Weights;
using LuceneLsr.TorchTestSupport;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Checkpoints;

/// <summary>Valid weights files that do not match config.json.</summary>
public sealed class CheckpointWeightsTests : IDisposable
{
    private const string Norm = "model.norm.weight", Embeddings = "model.embed_tokens.weight";

    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Dictionary<string, Tensor> _tensors;

    public CheckpointWeightsTests()
    {
        var weights = ReferenceWeights.Zero(TinyModel.Config);
        TinyCheckpoint.Write(_folder, TinyModel.Config, weights, TinyCheckpoint.Settings);
        _tensors = weights.Names.ToDictionary(
            name => name,
            name => tensor(weights[name], [.. weights.Shape(name).Select(size => (long)size)]),
            StringComparer.Ordinal);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Load_missing_tensor_throws_with_name()
    {
        _tensors.Remove("model.layers.1.mlp.up_proj.weight");
        AssertThrows("tensor 'model.layers.1.mlp.up_proj.weight' is missing");
    }

    [Theory]
    [InlineData("model.layers.2.mlp.up_proj.weight")]
    [InlineData("model.layers.0.self_attn.q_proj.bias")]
    [InlineData("lm_head.bias")]
    [InlineData("model.norm.weight_scale")]
    public void Load_unexpected_tensor_throws_with_name(string name)
    {
        _tensors[name] = zeros(16);
        AssertThrows($"tensor '{name}' is not part of this architecture");
    }

    [Theory]
    [InlineData(17)]
    [InlineData(1)]
    [InlineData(4, 4)]
    public void Load_tensor_of_wrong_shape_throws_with_name(params int[] shape)
    {
        _tensors[Norm] = zeros([.. shape.Select(size => (long)size)]);
        AssertThrows($"tensor '{Norm}': its shape is [{string.Join(", ", shape)}], but config.json requires [16]");
    }

    [Fact]
    public void Load_ignores_redundant_tensors()
    {
        _tensors["lm_head.weight"] = _tensors[Embeddings];
        _tensors["model.layers.0.self_attn.rotary_emb.inv_freq"] = ones(2);
        Load().Dispose();
    }

    [Fact]
    public void Load_tied_head_that_differs_from_embeddings_throws()
    {
        _tensors["lm_head.weight"] = ones(TinyTokenizer.Size, 16);
        AssertThrows($"tensor 'lm_head.weight' differs from '{Embeddings}', but the model uses one for both");
    }

    /// <summary>safetensors' save_model keeps one name of shared weights, the first in alphabetical order.</summary>
    [Fact]
    public void Load_embeddings_stored_under_name_of_tied_head_restores_them()
    {
        _tensors.Remove(Embeddings);
        _tensors["lm_head.weight"] = ones(TinyTokenizer.Size, 16);
        using var checkpoint = Load();
        Assert.All(checkpoint.Model.GetValues(Embeddings), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Load_weight_that_is_not_finite_throws_with_name()
    {
        _tensors[Norm] = full(16, value: float.NaN);
        AssertThrows($"tensor '{Norm}' has values that are not finite");
    }

    [Fact]
    public void Load_int8_tensor_without_row_scales_throws()
    {
        _tensors[Embeddings] = ones(TinyTokenizer.Size, 16, ScalarType.Int8);
        AssertThrows($"tensor '{Embeddings}_scale' is missing");
        _tensors[Embeddings + "_scale"] = ones(1);
        AssertThrows($"tensor '{Embeddings}_scale': its shape is [1], but config.json requires [300]");
    }

    [Fact]
    public void Load_int8_tensors_multiplies_by_row_scales()
    {
        _tensors[Embeddings] = full(TinyTokenizer.Size, 16, value: 4, ScalarType.Int8);
        _tensors[Embeddings + "_scale"] = arange(TinyTokenizer.Size, ScalarType.Float32);
        _tensors[Norm] = full(16, value: 3, ScalarType.Int8);
        _tensors[Norm + "_scale"] = full(16, value: 0.5f, ScalarType.Float32);
        using var checkpoint = Load();
        Assert.Equal(
            Enumerable.Range(0, TinyTokenizer.Size).SelectMany(row => Enumerable.Repeat(4f * row, 16)),
            checkpoint.Model.GetValues(Embeddings));
        Assert.Equal(Enumerable.Repeat(1.5f, 16), checkpoint.Model.GetValues(Norm));
    }

    private void AssertThrows(string reason)
    {
        var message = Assert.Throws<CheckpointException>(Load).Message;
        Assert.StartsWith(_folder.File(Checkpoint.WeightsFileName), message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    private Checkpoint Load()
    {
        SafetensorsWriter.Write(_folder.File(Checkpoint.WeightsFileName),
            [.. _tensors.Select(pair => (pair.Key, pair.Value))]);
        return Checkpoint.Load(_folder.Path);
    }
}
