using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Checkpoints;

/// <summary>Weights that are a sound file but not those of the model that config.json describes.</summary>
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
    public void A_missing_tensor_is_named()
    {
        _tensors.Remove("model.layers.1.mlp.up_proj.weight");
        AssertRefused("tensor 'model.layers.1.mlp.up_proj.weight' is missing");
    }

    [Theory]
    [InlineData("model.layers.2.mlp.up_proj.weight")]
    [InlineData("model.layers.0.self_attn.q_proj.bias")]
    [InlineData("lm_head.bias")]
    [InlineData("model.norm.weight_scale")]
    public void An_unexpected_tensor_is_named(string name)
    {
        _tensors[name] = zeros(16);
        AssertRefused($"tensor '{name}' has no place in this architecture");
    }

    [Theory]
    [InlineData(17)]
    [InlineData(1)]
    [InlineData(4, 4)]
    public void A_tensor_of_another_shape_is_named(params int[] shape)
    {
        _tensors[Norm] = zeros([.. shape.Select(size => (long)size)]);
        AssertRefused($"tensor '{Norm}': it has shape [{string.Join(", ", shape)}], config.json asks for [16]");
    }

    [Fact]
    public void Tensors_that_other_programs_store_without_need_are_passed_over()
    {
        _tensors["lm_head.weight"] = ones(TinyTokenizer.Size, 16);
        _tensors["model.layers.0.self_attn.rotary_emb.inv_freq"] = ones(2);
        Load().Dispose();
    }

    [Fact]
    public void Bytes_need_a_scale_a_row()
    {
        _tensors[Embeddings] = ones(TinyTokenizer.Size, 16, ScalarType.Int8);
        AssertRefused($"tensor '{Embeddings}_scale' is missing");
        _tensors[Embeddings + "_scale"] = ones(1);
        AssertRefused($"tensor '{Embeddings}_scale': it has shape [1], config.json asks for [300]");
    }

    [Fact]
    public void Bytes_times_their_scale_are_the_weights_of_matrices_and_vectors()
    {
        _tensors[Embeddings] = full(TinyTokenizer.Size, 16, value: 4, ScalarType.Int8);
        _tensors[Embeddings + "_scale"] = arange(TinyTokenizer.Size, ScalarType.Float32);
        _tensors[Norm] = full(16, value: 3, ScalarType.Int8);
        _tensors[Norm + "_scale"] = full(16, value: 0.5f, ScalarType.Float32);
        using var checkpoint = Load();
        Assert.Equal(
            Enumerable.Range(0, TinyTokenizer.Size).SelectMany(row => Enumerable.Repeat(4f * row, 16)),
            checkpoint.Model.get_parameter(Embeddings)!.data<float>().ToArray());
        Assert.Equal(Enumerable.Repeat(1.5f, 16), checkpoint.Model.get_parameter(Norm)!.data<float>().ToArray());
    }

    private void AssertRefused(string reason)
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
