using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;

namespace LuceneLsr.Torch.Tests.Weights;

/// <summary>Weights in several files, as Hugging Face stores large models.</summary>
public sealed class WeightFilesTests : IDisposable
{
    private const string Index = "model.safetensors.index.json";
    private const string First = "model-00001-of-00002.safetensors", Second = "model-00002-of-00002.safetensors";

    private readonly TemporaryFolder _folder = new();
    private readonly ReferenceWeights _weights = ReferenceWeights.Random(TinyModel.Config, seed: 3);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_sharded_weights_matches_single_file()
    {
        Write();
        using var checkpoint = Checkpoint.Load(_folder.Path);
        Assert.All(checkpoint.Model.named_parameters(), parameter =>
            Assert.Equal(_weights[parameter.name], parameter.parameter.data<float>().ToArray()));
    }

    [Theory]
    [InlineData("{", Index)]
    [InlineData("[]", Index)]
    [InlineData("""{"weight_map": 3}""", Index)]
    [InlineData("""{"weight_map": {"a": 3}}""", Index)]
    [InlineData("""{"weight_map": {"a": "../model-00001-of-00002.safetensors"}}""", "which is not a file name")]
    [InlineData("""{"weight_map": {"a": "model-00003-of-00002.safetensors"}}""",
        "model-00003-of-00002.safetensors: file not found")]
    [InlineData("""{"weight_map": {"a": "model-00001-of-00002.safetensors"}}""", "'a' is not in")]
    [InlineData("""{"weight_map": {"model.norm.weight": "model-00002-of-00002.safetensors"}}""",
        "' is not in model.safetensors.index")]
    public void Load_index_that_does_not_match_shards_throws(string index, string reason)
    {
        Write();
        _folder.Write(Index, index);
        Assert.Contains(reason, Assert.Throws<CheckpointException>(() => Checkpoint.Load(_folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_of_single_file_beside_shards_throws()
    {
        Write();
        _folder.Write("model.safetensors", ReferenceSafetensors.CreateBytes(_weights, _weights.Names));
        Assert.Contains("unclear which weights count",
            Assert.Throws<CheckpointException>(() => Checkpoint.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    private void Write()
    {
        TinyCheckpoint.Write(_folder, TinyModel.Config, _weights, TinyCheckpoint.Settings);
        File.Delete(_folder.File("model.safetensors"));
        var half = _weights.Names.Count() / 2;
        _folder.Write(First, ReferenceSafetensors.CreateBytes(_weights, _weights.Names.Take(half)));
        _folder.Write(Second, ReferenceSafetensors.CreateBytes(_weights, _weights.Names.Skip(half)));
        _folder.Write(Index, $$"""
            {"metadata": {"total_size": 1}, "weight_map": { {{string.Join(", ", _weights.Names.Index().Select(name =>
                $"\"{name.Item}\": \"{(name.Index < half ? First : Second)}\""))}} } }
            """);
    }
}
