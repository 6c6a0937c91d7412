using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using LuceneLsr.Torch.Weights;
using LuceneLsr.TorchTestSupport;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Checkpoints;

/// <summary>The weights of masked LMs as their authors publish them.</summary>
public sealed class PublishedCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    /// <summary>The tensors that the first releases of each family have besides those of the model.</summary>
    public static TheoryData<string, string[]> Releases { get; } = new()
    {
        {
            "bert",
            [
                "bert.pooler.dense.weight", "bert.pooler.dense.bias", "cls.seq_relationship.weight",
                "cls.seq_relationship.bias", "bert.embeddings.position_ids", "cls.predictions.decoder.weight",
                "cls.predictions.decoder.bias",
            ]
        },
        { "distilbert", ["vocab_projector.weight"] },
        { "roberta", ["roberta.pooler.dense.weight", "lm_head.decoder.weight", "lm_head.decoder.bias"] },
        { "xlm-roberta", ["roberta.embeddings.position_ids", "lm_head.decoder.weight", "lm_head.decoder.bias"] },
    };

    [Theory]
    [MemberData(nameof(Releases))]
    public void Load_release_with_tensors_of_no_use_restores_every_weight(string family, string[] additional)
    {
        var (config, weights, tensors) = Create(family);
        foreach (var name in additional)
        {
            tensors[name] = CreateAdditional(name, family, tensors);
        }

        AssertLoads(config, weights, tensors);
    }

    [Fact]
    public void Load_norms_named_gamma_and_beta_restores_every_weight()
    {
        var (config, weights, tensors) = Create("bert");
        AssertLoads(config, weights, tensors.ToDictionary(
            pair => pair.Key
                .Replace("LayerNorm.weight", "LayerNorm.gamma", StringComparison.Ordinal)
                .Replace("LayerNorm.bias", "LayerNorm.beta", StringComparison.Ordinal),
            pair => pair.Value));
    }

    /// <summary>safetensors' save_model keeps one name of shared weights, the first in alphabetical order.</summary>
    [Theory]
    [InlineData("bert", "bert.embeddings.word_embeddings.weight", "cls.predictions.decoder.weight")]
    [InlineData("bert", "cls.predictions.bias", "cls.predictions.decoder.bias")]
    [InlineData("roberta", "roberta.embeddings.word_embeddings.weight", "lm_head.decoder.weight")]
    [InlineData("xlm-roberta", "lm_head.bias", "lm_head.decoder.bias")]
    public void Load_shared_weights_stored_under_other_name_restores_every_weight(
        string family, string name, string other)
    {
        var (config, weights, tensors) = Create(family);
        tensors.Remove(name, out var tensor);
        tensors[other] = tensor!;
        AssertLoads(config, weights, tensors);
    }

    [Theory]
    [InlineData("bert", "bert.embeddings.word_embeddings.weight", "cls.predictions.decoder.weight")]
    [InlineData("distilbert", "distilbert.embeddings.word_embeddings.weight", "vocab_projector.weight")]
    [InlineData("roberta", "roberta.embeddings.word_embeddings.weight", "lm_head.decoder.weight")]
    public void Load_tied_head_that_differs_from_embeddings_throws(string family, string name, string head)
    {
        var (config, _, tensors) = Create(family);
        tensors[head] = tensors[name] + 0.01;
        AssertThrows(config, tensors,
            $"tensor '{head}' differs from '{name}', but the model uses one for both. "
            + "Set tie_word_embeddings to false in config.json if the head has weights of its own");
        AssertLoads(config with { TieWordEmbeddings = false }, null, tensors);
    }

    [Fact]
    public void Load_tied_head_of_other_shape_throws()
    {
        var (config, _, tensors) = Create("bert");
        tensors["cls.predictions.decoder.weight"] = zeros(40, 16);
        AssertThrows(config, tensors, "tensor 'cls.predictions.decoder.weight': its shape is [40, 16]");
    }

    [Fact]
    public void Load_copy_of_bias_that_differs_throws()
    {
        var (config, _, tensors) = Create("bert");
        tensors["cls.predictions.decoder.bias"] = tensors["cls.predictions.bias"] + 1;
        AssertThrows(config, tensors,
            "tensor 'cls.predictions.decoder.bias' differs from 'cls.predictions.bias', but the model uses one");
    }

    [Theory]
    [InlineData("cls.predictions.transform.dense.weight")]
    [InlineData("bert.embeddings.token_type_embeddings.weight")]
    public void Load_missing_tensor_throws_with_name(string name)
    {
        var (config, _, tensors) = Create("bert");
        tensors.Remove(name);
        AssertThrows(config, tensors, $"tensor '{name}' is missing");
    }

    [Theory]
    [InlineData("bert.encoder.layer.2.output.dense.weight")]
    [InlineData("classifier.weight")]
    [InlineData("bert.embeddings.positions")]
    public void Load_unexpected_tensor_throws_with_name(string name)
    {
        var (config, _, tensors) = Create("bert");
        tensors[name] = zeros(16);
        AssertThrows(config, tensors, $"tensor '{name}' is not part of this architecture");
    }

    [Fact]
    public void Load_bias_that_config_does_not_have_throws()
    {
        var (config, _, tensors) = Create("distilbert");
        AssertThrows(config with { OutputBias = false }, tensors, "tensor 'vocab_projector.bias' is not part of");
    }

    [Fact]
    public void Load_weights_of_two_names_for_one_parameter_throws()
    {
        var (config, _, tensors) = Create("bert");
        tensors["embeddings.word_embeddings.weight"] = tensors["bert.embeddings.word_embeddings.weight"];
        AssertThrows(config, tensors,
            "tensors 'embeddings.word_embeddings.weight' and 'bert.embeddings.word_embeddings.weight' are the same");
    }

    [Fact]
    public void Load_whole_numbers_in_place_of_weights_throws()
    {
        var (config, _, tensors) = Create("bert");
        tensors["bert.embeddings.LayerNorm.weight"] = zeros(16, ScalarType.Int64);
        AssertThrows(config, tensors,
            "tensor 'bert.embeddings.LayerNorm.weight': dtype I64 is not supported for weights");
    }

    [Theory]
    [InlineData("bert.embeddings.LayerNorm.gamma", float.NaN)]
    [InlineData("bert.embeddings.word_embeddings.weight", float.PositiveInfinity)]
    [InlineData("cls.predictions.bias", float.NegativeInfinity)]
    public void Load_weight_that_is_not_finite_throws_with_stored_name(string name, float value)
    {
        var (config, _, tensors) = Create("bert");
        var tensor = tensors.Remove(name.Replace("gamma", "weight", StringComparison.Ordinal), out var found)
            ? found.clone()
            : throw new InvalidOperationException(name);
        tensor.view(-1)[3] = value;
        tensors[name] = tensor;
        AssertThrows(config, tensors, $"tensor '{name}' has values that are not finite (NaN or infinity)");
    }

    [Theory]
    [InlineData("bert", "BertForMaskedLM")]
    [InlineData("distilbert", "DistilBertForMaskedLM")]
    [InlineData("xlm-roberta", "XLMRobertaForMaskedLM")]
    public void Load_model_without_head_as_sparse_encoder_throws(string family, string architecture)
    {
        var (config, _, tensors) = Create(family);
        config = config.WithoutHead();
        Write(config, RemovePrefix(tensors));
        var message = Assert.Throws<CheckpointException>(() => Checkpoint.Load(_folder.Path)).Message;
        Assert.Equal(
            $"{_folder.File("config.json")}: the model has no head that weighs terms: 'architectures' does not name "
            + $"{architecture}. Create a sparse encoder from this model first, or use a model with a masked-LM head.",
            message);
    }

    [Theory]
    [InlineData("roberta", "lm_head.dense.weight")]
    [InlineData("distilbert", "vocab_transform.weight")]
    public void Load_weights_without_head_throws(string family, string name)
    {
        var (config, _, tensors) = Create(family);
        AssertThrows(config, RemovePrefix(tensors),
            $"the model has no head that weighs terms: tensor '{name}' is missing. Create a sparse encoder from");
    }

    public static MatrixTheoryData<string, bool> Backbones { get; } = new(TinyEncoder.Families, [true, false]);

    /// <summary>Files of a BertModel have names without "bert."; those of a BertForMaskedLM have a head.</summary>
    [Theory]
    [MemberData(nameof(Backbones))]
    public void Load_backbone_restores_weights_and_hidden_states(string family, bool isAlone)
    {
        var (config, weights, tensors) = Create(family);
        config = config.WithoutHead();
        tensors["pooler.dense.weight"] = ones(16, 16);
        tensors["embeddings.position_ids"] = arange(60).view(1, 60);
        Write(config, isAlone ? RemovePrefix(tensors) : tensors);
        using var model = ModelLoader.Load(_folder.Path, ModelConfig.Load(_folder.Path), Precision.Float32, CPU);
        AssertEqual(weights.CopyFor(config), model);
        var text = Assert.Single(TinyModel.CreateTexts(seed: 4, 7));
        using var batch = TokenBatch.Create([text], [], AttentionVariant.Bidirectional, CPU);
        Near.Equal(
            [.. new ReferenceEncoder(config, weights).ComputeHidden(text, causal: false).SelectMany(row => row)],
            model.forward(batch).data<float>().ToArray());
    }

    [Theory]
    [InlineData("pytorch_model.bin", true, "AutoModelForMaskedLM")]
    [InlineData("pytorch_model.bin.index.json", true, "AutoModelForMaskedLM")]
    [InlineData("pytorch_model.bin", false, "AutoModelForCausalLM")]
    public void Load_weights_in_pickle_format_throws_with_conversion(string file, bool isMasked, string type)
    {
        ModelConfig config = isMasked ? TinyEncoder.Create("bert") : TinyModel.Config;
        TinyCheckpoint.Write(_folder, config, ReferenceWeights.Zero(config), TinyCheckpoint.Settings);
        File.Move(_folder.File(Checkpoint.WeightsFileName), _folder.File(file));
        var message = Assert.Throws<CheckpointException>(() => Checkpoint.Load(_folder.Path)).Message;
        Assert.StartsWith($"{_folder.File(file)}: ", message, StringComparison.Ordinal);
        Assert.EndsWith(
            $"from transformers import {type}; {type}.from_pretrained(\"{_folder.Path}\")"
            + $".save_pretrained(\"{_folder.Path}\", safe_serialization=True)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_backbone_in_pickle_format_throws_with_conversion_of_backbone()
    {
        var config = TinyEncoder.Create("bert").WithoutHead();
        _folder.Write("pytorch_model.bin", "");
        Assert.Contains("import AutoModel;", Assert.Throws<CheckpointException>(
            () => ModelLoader.Load(_folder.Path, config, Precision.Float32, CPU)).Message, StringComparison.Ordinal);
    }

    private static (EncoderConfig Config, ReferenceWeights Weights, Dictionary<string, Tensor> Tensors) Create(
        string family)
    {
        var config = TinyEncoder.Create(family);
        var weights = ReferenceWeights.Random(config, seed: 21);
        return (config, weights, weights.Names.ToDictionary(
            name => name,
            name => tensor(weights[name], [.. weights.Shape(name).Select(size => (long)size)]),
            StringComparer.Ordinal));
    }

    private static Tensor CreateAdditional(string name, string family, Dictionary<string, Tensor> tensors)
    {
        var names = PublishedNames.Families[family];
        return name == names.Head + ".weight" ? tensors[names.Words]
            : name == names.Head + ".bias" ? tensors[names.HeadBias]
            : name.EndsWith("position_ids", StringComparison.Ordinal) ? arange(60).view(1, 60)
            : ones(16, 16);
    }

    // As in the file of a model without a head.
    private static Dictionary<string, Tensor> RemovePrefix(Dictionary<string, Tensor> tensors) => tensors
        .Where(pair => pair.Key.Contains("bert", StringComparison.Ordinal)
            || pair.Key.Contains("pooler", StringComparison.Ordinal)
            || pair.Key.EndsWith("position_ids", StringComparison.Ordinal))
        .ToDictionary(
            pair => pair.Key[(pair.Key.IndexOf("bert.", StringComparison.Ordinal) is >= 0 and var at ? at + 5 : 0)..],
            pair => pair.Value);

    private void Write(EncoderConfig config, Dictionary<string, Tensor> tensors)
    {
        config.Save(_folder.Path);
        TinyTermSpace.Write(_folder, TinyCheckpoint.Settings);
        SafetensorsWriter.Write(
            _folder.File(Checkpoint.WeightsFileName), [.. tensors.Select(pair => (pair.Key, pair.Value))]);
    }

    private void AssertLoads(EncoderConfig config, ReferenceWeights? weights, Dictionary<string, Tensor> tensors)
    {
        Write(config, tensors);
        using var checkpoint = Checkpoint.Load(_folder.Path);
        Assert.Equal(config, checkpoint.Config);
        if (weights is not null)
        {
            AssertEqual(weights, checkpoint.Model);
        }
    }

    private static void AssertEqual(ReferenceWeights weights, LanguageModel model)
    {
        Assert.Equal(weights.Names.Order(), model.GetValues().Keys.Order());
        Assert.All(weights.Names, name => Assert.Equal(weights[name], model.GetValues(name)));
    }

    private void AssertThrows(EncoderConfig config, Dictionary<string, Tensor> tensors, string reason)
    {
        Write(config, tensors);
        var message = Assert.Throws<CheckpointException>(() => Checkpoint.Load(_folder.Path)).Message;
        Assert.StartsWith(_folder.File(Checkpoint.WeightsFileName), message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }
}
