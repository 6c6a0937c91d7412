using System.Text.Json.Nodes;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Checkpoints.Adapters;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Checkpoints.Adapters;

public sealed class LoraAdapterTests : IDisposable
{
    private const int Rank = 3;
    private const string Queries = "model.layers.1.self_attn.q_proj", Down = "model.layers.0.mlp.down_proj";

    /// <summary>As PEFT 0.14 writes it, the base model's path aside.</summary>
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
        _folder.Write("base/model.safetensors", ForeignSafetensors.Bytes(_weights));
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
    public void The_model_is_the_base_plus_a_multiple_of_the_factors_product(string field, string value, double scale)
    {
        WriteAdapter(JsonMutations.With(Config, field, value));
        using var checkpoint = Checkpoint.Load(Adapter);
        var expected = Merged(scale);
        Assert.All(expected.Names, name => Near.Equal(
            [.. expected[name].Select(weight => (double)weight)],
            checkpoint.Model.get_parameter(name)!.data<float>().ToArray()));
    }

    [Fact]
    public void Saved_again_it_is_a_checkpoint_without_an_adapter()
    {
        var merged = _folder.File("merged");
        using var checkpoint = Checkpoint.Load(Adapter);
        checkpoint.SaveWithFilesOf(Adapter, merged, Precision.Float32);
        Assert.False(File.Exists(Path.Combine(merged, LoraConfig.FileName)));
        using var again = Checkpoint.Load(merged);
        Assert.All(_weights.Names, name => Assert.Equal(
            checkpoint.Model.get_parameter(name)!.data<float>().ToArray(),
            again.Model.get_parameter(name)!.data<float>().ToArray()));
    }

    [Fact]
    public void A_quantized_base_takes_an_adapter()
    {
        using (var whole = Checkpoint.Load(Adapter))
        {
            whole.Save(Base, Precision.Int8); // of the merged model, so that the adapter is added twice
        }

        using var checkpoint = Checkpoint.Load(Adapter);
        var expected = Merged(8);
        var actual = checkpoint.Model.get_parameter(Queries + ".weight")!.data<float>().ToArray();
        Assert.All(expected[Queries + ".weight"].Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 0.1));
    }

    [Fact]
    public void An_adapter_that_is_written_is_read_again_and_in_PEFTs_form()
    {
        var saved = _folder.File("saved");
        using (var adapter = LoraAdapter.Find(Adapter)!)
        {
            adapter.Save(saved);
        }

        using var again = LoraAdapter.Find(saved)!;
        Assert.Equal(new LoraConfig { Rank = Rank, Alpha = 12, BaseModel = "../base" }, again.Config);
        var file = SafetensorsFile.Open(Path.Combine(saved, LoraAdapter.WeightsFileName));
        Assert.Equal(_factors.Keys.Order(), file.Names.Order());
        Assert.All(_factors, pair =>
        {
            using var tensor = file.Read(pair.Key);
            Assert.Equal(pair.Value.Values, tensor.data<float>().ToArray());
        });
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(saved, LoraConfig.FileName)))!;
        Assert.Equal("LORA", (string)config["peft_type"]!);
        Assert.Equal(["down_proj", "q_proj"], config["target_modules"]!.AsArray().Select(name => (string)name!));
    }

    [Fact]
    public void Loading_leaves_no_tensor_but_the_models()
    {
        using var scope = NewDisposeScope();
        Checkpoint.Load(Adapter).Dispose();
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void A_directory_without_an_adapter_has_none() => Assert.Null(LoraAdapter.Find(Base));

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
    public void What_is_not_supported_is_refused_by_field(string field, string? value)
    {
        WriteAdapter(JsonMutations.With(Config, field, value));
        AssertRefused(LoraConfig.FileName, field);
    }

    [Fact]
    public void Whatever_the_fields_hold_the_adapter_is_usable_or_refused_by_its_file() =>
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
    public void Factors_without_their_other_half_are_refused()
    {
        _factors.Remove(Name(Down, 'B'));
        WriteAdapter(Config);
        AssertRefused(LoraAdapter.WeightsFileName, $"tensor '{Name(Down, 'B')}' is missing");
    }

    [Fact]
    public void Factors_of_another_rank_are_refused()
    {
        _factors[Name(Down, 'A')] = ([2, 24], new float[48]);
        WriteAdapter(Config);
        AssertRefused(LoraAdapter.WeightsFileName, "have shapes [2, 24] and [16, 3], which are not of rank 3");
    }

    [Fact]
    public void Factors_of_another_width_are_refused()
    {
        _factors[Name(Down, 'A')] = ([3, 23], new float[69]);
        WriteAdapter(Config);
        AssertRefused(LoraAdapter.WeightsFileName, $"the factors of '{Down}' are for shape [16, 23]");
    }

    [Theory]
    [InlineData("model.layers.2.mlp.down_proj")]
    [InlineData("lm_head")] // the embeddings, as they are tied
    public void Factors_of_a_module_that_is_not_there_are_refused(string module)
    {
        _factors[Name(module, 'A')] = ([3, 16], new float[48]);
        _factors[Name(module, 'B')] = ([16, 3], new float[48]);
        WriteAdapter(Config);
        AssertRefused(LoraAdapter.WeightsFileName, $"it adapts '{module}', which the base model does not have");
    }

    [Fact]
    public void Tensors_that_are_no_factors_are_refused()
    {
        const string Name = "base_model.model.lm_head.weight";
        _factors[Name] = ([3, 16], new float[48]);
        WriteAdapter(Config);
        AssertRefused(LoraAdapter.WeightsFileName, $"tensor '{Name}' is no factor of a linear layer");
    }

    [Fact]
    public void An_adapter_without_factors_is_refused()
    {
        _factors.Clear();
        WriteAdapter(Config);
        AssertRefused(LoraAdapter.WeightsFileName, "holds no tensor");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(1e30f)]
    public void Factors_whose_product_is_no_number_are_refused(float value)
    {
        Array.Fill(_factors[Name(Down, 'A')].Values, value);
        Array.Fill(_factors[Name(Down, 'B')].Values, value);
        WriteAdapter(Config);
        AssertRefused(LoraAdapter.WeightsFileName, $"what it adds to '{Down}' is not finite");
    }

    [Fact]
    public void A_missing_file_of_factors_is_named()
    {
        File.Delete(Path.Combine(Adapter, LoraAdapter.WeightsFileName));
        AssertRefused(LoraAdapter.WeightsFileName, "missing");
    }

    private static string Name(string module, char factor) => $"base_model.model.{module}.lora_{factor}.weight";

    private void AssertRefused(string file, string reason)
    {
        var message = Assert.Throws<CheckpointException>(() => Checkpoint.Load(Adapter)).Message;
        Assert.StartsWith(Path.Combine(Adapter, file), message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    private void WriteAdapter(string config)
    {
        _folder.Write("adapter/adapter_config.json", config);
        _folder.Write("adapter/adapter_model.safetensors",
            ForeignSafetensors.Bytes(_factors.Select(pair => (pair.Key, pair.Value.Shape, pair.Value.Values))));
    }

    // W + scale x B A, element by element.
    private ReferenceWeights Merged(double scale)
    {
        var merged = _weights.Of(TinyModel.Config);
        foreach (var module in new[] { Queries, Down })
        {
            var (weight, columns) = (merged[module + ".weight"], merged.Shape(module + ".weight")[1]);
            float[] a = _factors[Name(module, 'A')].Values, b = _factors[Name(module, 'B')].Values;
            for (var index = 0; index < weight.Length; index++)
            {
                var (row, column) = (index / columns, index % columns);
                weight[index] += (float)(scale
                    * Enumerable.Range(0, Rank).Sum(rank => (double)b[(row * Rank) + rank] * a[(rank * columns) + column]));
            }
        }

        return merged;
    }
}
