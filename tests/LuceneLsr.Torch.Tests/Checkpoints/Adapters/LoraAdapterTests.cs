using System.Text.Json.Nodes;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Checkpoints.Adapters;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using LuceneLsr.Torch.Weights;
using LuceneLsr.TorchTestSupport;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Checkpoints.Adapters;

public sealed class LoraAdapterTests : IDisposable
{
    private const int Rank = 3;
    private const string Queries = "model.layers.1.self_attn.q_proj", Down = "model.layers.0.mlp.down_proj";

    /// <summary>A file as PEFT 0.14 writes it, except for the path of the base model.</summary>
    private const string Config =
        """
        {
          "alpha_pattern": {}, "auto_mapping": null, "base_model_name_or_path": "../base", "bias": "none",
          "eva_config": null, "exclude_modules": null, "fan_in_fan_out": false, "inference_mode": true,
          "init_lora_weights": true, "layer_replication": null, "layers_pattern": null, "layers_to_transform": null,
          "loftq_config": {}, "lora_alpha": 12, "lora_bias": false, "lora_dropout": 0.05, "megatron_config": null,
          "megatron_core": "megatron.core", "modules_to_save": null, "peft_type": "LORA", "r": 3, "rank_pattern": {},
          "revision": null, "target_modules": ["q_proj", "down_proj"], "task_type": "CAUSAL_LM", "use_dora": false,
          "use_rslora": false
        }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly ReferenceWeights _weights = ReferenceWeights.Random(TinyModel.Config, seed: 21);
    private readonly Dictionary<string, (int[] Shape, float[] Values)> _factors = [];

    public LoraAdapterTests()
    {
        var random = new Random(22);
        foreach (var module in new[] { Queries, Down })
        {
            var shape = _weights.Shape(module + ".weight");
            _factors[Name(module, 'A')] = ([Rank, shape[1]], Values(Rank * shape[1]));
            _factors[Name(module, 'B')] = ([shape[0], Rank], Values(shape[0] * Rank));
        }

        Directory.CreateDirectory(Base);
        TinyModel.Config.Save(Base);
        _folder.Write("base/model.safetensors", ReferenceSafetensors.CreateBytes(_weights));
        WriteAdapter(Config);
        foreach (var file in new[] { "tokenizer.json", "lsr.json" })
        {
            using var space = new TemporaryFolder();
            TinyTermSpace.Write(space, TinyCheckpoint.Settings);
            _folder.Write($"adapter/{file}", File.ReadAllText(space.File(file)));
        }

        float[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble() - 0.5f)];
    }

    private string Base => _folder.File("base");

    private string Adapter => _folder.File("adapter");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("use_rslora", "false", 12.0 / 3)]
    [InlineData("use_rslora", "true", 6.9282032302755)] // 12 / sqrt(3)
    [InlineData("lora_alpha", "1.5", 0.5)]
    public void Load_adapter_merges_scaled_factor_product_into_base(string field, string value, double scale)
    {
        WriteAdapter(JsonMutations.With(Config, field, value));
        using var checkpoint = Checkpoint.Load(Adapter);
        var expected = ComputeMerged(scale);
        Assert.All(expected.Names, name => Near.Equal(
            expected[name],
            checkpoint.Model.GetValues(name)));
    }

    [Fact]
    public void Save_checkpoint_loaded_from_adapter_writes_merged_weights()
    {
        var merged = _folder.File("merged");
        using var checkpoint = Checkpoint.Load(Adapter);
        checkpoint.SaveWithFilesFrom(Adapter, merged, Precision.Float32);
        Assert.False(File.Exists(Path.Combine(merged, LoraConfig.FileName)));
        using var again = Checkpoint.Load(merged);
        Assert.All(_weights.Names, name => Assert.Equal(
            checkpoint.Model.GetValues(name),
            again.Model.GetValues(name)));
    }

    [Fact]
    public void Load_adapter_of_quantized_base_merges_factors()
    {
        using (var whole = Checkpoint.Load(Adapter))
        {
            whole.Save(Base, Precision.Int8); // the merged model, so the adapter is added twice
        }

        using var checkpoint = Checkpoint.Load(Adapter);
        var expected = ComputeMerged(8);
        var actual = checkpoint.Model.GetValues(Queries + ".weight");
        Assert.All(expected[Queries + ".weight"].Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 0.1));
    }

    [Fact]
    public void Save_writes_adapter_in_peft_format()
    {
        var saved = _folder.File("saved");
        using (var adapter = LoraAdapter.TryLoad(Adapter)!)
        {
            adapter.Save(saved);
        }

        using var again = LoraAdapter.TryLoad(saved)!;
        Assert.Equal(
            new LoraConfig { Rank = Rank, Alpha = 12, BaseModel = "../base", TaskType = "CAUSAL_LM" }, again.Config);
        var file = SafetensorsFile.Open(Path.Combine(saved, LoraAdapter.WeightsFileName));
        Assert.Equal(_factors.Keys.Order(), file.Names.Order());
        Assert.All(_factors, pair =>
        {
            using var tensor = file.Read(pair.Key);
            Assert.Equal(pair.Value.Values, tensor.data<float>().ToArray());
        });
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(saved, LoraConfig.FileName)))!;
        Assert.Equal("LORA", (string)config["peft_type"]!);
        Assert.Equal("CAUSAL_LM", (string)config["task_type"]!);
        Assert.Equal(["down_proj", "q_proj"], config["target_modules"]!.AsArray().Select(name => (string)name!));
    }

    [Fact]
    public void Load_adapter_disposes_its_tensors()
    {
        using var scope = NewDisposeScope();
        Checkpoint.Load(Adapter).Dispose();
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void TryLoad_directory_without_adapter_returns_null() => Assert.Null(LoraAdapter.TryLoad(Base));

    [Theory]
    [InlineData("peft_type", "\"IA3\"")]
    [InlineData("r", "0")]
    [InlineData("r", "\"3\"")]
    [InlineData("r", null)]
    [InlineData("lora_alpha", "-1")]
    [InlineData("lora_alpha", "1e308")]
    [InlineData("lora_alpha", null)]
    [InlineData("bias", "\"all\"")]
    [InlineData("lora_bias", "true")]
    [InlineData("use_dora", "true")]
    [InlineData("fan_in_fan_out", "true")]
    [InlineData("modules_to_save", "[\"lm_head\"]")]
    [InlineData("rank_pattern", "{\"q_proj\": 2}")]
    [InlineData("alpha_pattern", "{\"q_proj\": 2}")]
    [InlineData("init_lora_weights", "\"pissa\"")]
    [InlineData("alora_invocation_tokens", "[5]")]
    [InlineData("layer_replication", "[[0, 1], [0, 1]]")]
    [InlineData("trainable_token_indices", "[3]")]
    [InlineData("use_qalora", "true")]
    [InlineData("base_model_name_or_path", "\".\"")]
    [InlineData("base_model_name_or_path", "null")]
    [InlineData("base_model_name_or_path", "\"meta-llama/Llama-3.2-1B\"")]
    public void Load_unsupported_field_value_throws_with_field_name(string field, string? value)
    {
        WriteAdapter(JsonMutations.With(Config, field, value));
        AssertThrows(LoraConfig.FileName, field);
    }

    [Fact]
    public void Load_mutated_config_succeeds_or_throws_with_file_name() =>
        Assert.All(JsonMutations.Create(Config), json =>
        {
            WriteAdapter(json);
            try
            {
                Checkpoint.Load(Adapter).Dispose();
            }
            catch (CheckpointException exception)
            {
                Assert.StartsWith(Adapter, exception.Message, StringComparison.Ordinal);
            }
        });

    [Fact]
    public void Load_adapter_missing_factor_throws()
    {
        _factors.Remove(Name(Down, 'B'));
        WriteAdapter(Config);
        AssertThrows(LoraAdapter.WeightsFileName, $"tensor '{Name(Down, 'B')}' is missing");
    }

    [Fact]
    public void Load_factors_of_wrong_rank_throws()
    {
        _factors[Name(Down, 'A')] = ([2, 24], new float[48]);
        WriteAdapter(Config);
        AssertThrows(LoraAdapter.WeightsFileName, "have shapes [2, 24] and [16, 3], not rank 3");
    }

    [Fact]
    public void Load_factors_of_wrong_shape_throws()
    {
        _factors[Name(Down, 'A')] = ([3, 23], new float[69]);
        WriteAdapter(Config);
        AssertThrows(LoraAdapter.WeightsFileName, $"the factors of '{Down}' have shape [16, 23]");
    }

    [Theory]
    [InlineData("model.layers.2.mlp.down_proj")]
    [InlineData("lm_head")] // tied to the embeddings
    public void Load_factors_of_unknown_module_throws(string module)
    {
        _factors[Name(module, 'A')] = ([3, 16], new float[48]);
        _factors[Name(module, 'B')] = ([16, 3], new float[48]);
        WriteAdapter(Config);
        AssertThrows(LoraAdapter.WeightsFileName, $"module '{module}' does not exist in the base model");
    }

    [Fact]
    public void Load_adapter_with_other_tensors_throws()
    {
        const string Name = "base_model.model.lm_head.weight";
        _factors[Name] = ([3, 16], new float[48]);
        WriteAdapter(Config);
        AssertThrows(LoraAdapter.WeightsFileName, $"tensor '{Name}' is not a LoRA factor of a linear layer");
    }

    [Fact]
    public void Load_adapter_without_tensors_throws()
    {
        _factors.Clear();
        WriteAdapter(Config);
        AssertThrows(LoraAdapter.WeightsFileName, "the file has no tensors");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(1e30f)]
    public void Load_factors_with_non_finite_product_throws(float value)
    {
        Array.Fill(_factors[Name(Down, 'A')].Values, value);
        Array.Fill(_factors[Name(Down, 'B')].Values, value);
        WriteAdapter(Config);
        AssertThrows(LoraAdapter.WeightsFileName, $"the update of '{Down}' is not finite");
    }

    [Fact]
    public void Load_adapter_without_weights_file_throws()
    {
        File.Delete(Path.Combine(Adapter, LoraAdapter.WeightsFileName));
        AssertThrows(LoraAdapter.WeightsFileName, "file not found");
    }

    private static string Name(string module, char factor) => $"base_model.model.{module}.lora_{factor}.weight";

    private void AssertThrows(string file, string reason)
    {
        var message = Assert.Throws<CheckpointException>(() => Checkpoint.Load(Adapter)).Message;
        Assert.StartsWith(Path.Combine(Adapter, file), message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    private void WriteAdapter(string config)
    {
        _folder.Write("adapter/adapter_config.json", config);
        _folder.Write("adapter/adapter_model.safetensors",
            ReferenceSafetensors.CreateBytes(_factors.Select(pair => (pair.Key, pair.Value.Shape, pair.Value.Values))));
    }

    // Computes W + scale x B A element by element.
    private ReferenceWeights ComputeMerged(double scale)
    {
        var merged = _weights.CopyFor(TinyModel.Config);
        foreach (var module in new[] { Queries, Down })
        {
            var (weight, columns) = (merged[module + ".weight"], merged.Shape(module + ".weight")[1]);
            float[] a = _factors[Name(module, 'A')].Values, b = _factors[Name(module, 'B')].Values;
            for (var index = 0; index < weight.Length; index++)
            {
                var (row, column) = (index / columns, index % columns);
                weight[index] += (float)(scale * Enumerable.Range(0, Rank)
                    .Sum(rank => (double)b[(row * Rank) + rank] * a[(rank * columns) + column]));
            }
        }

        return merged;
    }
}
