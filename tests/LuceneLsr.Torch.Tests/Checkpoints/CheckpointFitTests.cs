using System.Globalization;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Checkpoints;

/// <summary>Files that are valid one by one but do not belong together.</summary>
public sealed class CheckpointFitTests : IDisposable
{
    private static readonly DecoderConfig Config = TinyModel.Untied(TinyModel.Config, outputSize: 4);

    private readonly TemporaryFolder _folder = new();

    public CheckpointFitTests() =>
        TinyCheckpoint.Write(
            _folder, Config, ReferenceWeights.Zero(Config), TinyCheckpoint.Settings, ["a", "b", "c", "d"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_matching_files_succeeds()
    {
        using var checkpoint = Checkpoint.Load(_folder.Path);
        Assert.Equal(Config, checkpoint.Model.Config);
    }

    [Fact]
    public void Load_missing_directory_throws()
    {
        var directory = _folder.File("none");
        Assert.Equal($"{directory}: the checkpoint directory does not exist.",
            Assert.Throws<CheckpointException>(() => Checkpoint.Load(directory)).Message);
    }

    [Theory]
    [InlineData(ModelConfig.FileName)]
    [InlineData(LsrSettings.FileName)]
    [InlineData(TextTokenizer.FileName)]
    [InlineData(Checkpoint.WeightsFileName)]
    public void Load_missing_file_throws_with_name(string name)
    {
        File.Delete(_folder.File(name));
        AssertThrows(name, "file not found");
    }

    [Fact]
    public void Load_tokenizer_with_more_ids_than_model_throws()
    {
        (Config with { VocabSize = 299, BosTokenId = null }).Save(_folder.Path);
        AssertThrows(TextTokenizer.FileName,
            "the tokenizer has ids up to 299, but the model has only 299 (config.json, vocab_size)");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Load_term_count_different_from_head_rows_throws(int count)
    {
        new TermVocabulary(Enumerable.Range(0, count).Select(row => $"term{row}")).Save(_folder.Path);
        AssertThrows(
            TermVocabulary.FileName,
            $"there are {count} rows of terms (one per token without this file), but the model's head has 4");
    }

    [Theory]
    [InlineData(AttentionVariant.Causal, 512, true)]
    [InlineData(AttentionVariant.Causal, 513, false)]
    [InlineData(AttentionVariant.Bidirectional, 513, false)]
    [InlineData(AttentionVariant.Echo, 256, true)]
    [InlineData(AttentionVariant.Echo, 257, false)]
    public void Load_checks_max_tokens_of_variant_against_context_length(
        AttentionVariant variant, int maxTokens, bool fits)
    {
        Save(TinyCheckpoint.Settings with { Variant = PerSide.Both(variant), MaxTokens = new(10, maxTokens) });
        var copies = variant == AttentionVariant.Echo ? 2 : 1;
        AssertLoad(fits, $"max_tokens for a document needs {copies * maxTokens} positions");
    }

    [Theory]
    [InlineData(509, true)]
    [InlineData(510, false)]
    public void Load_counts_bos_and_prefix_toward_context_length(int maxTokens, bool fits)
    {
        Save(TinyCheckpoint.Settings with
        {
            AddBos = true,
            Prefix = new("cat dog", ""),
            MaxTokens = new(maxTokens, 10)
        });
        AssertLoad(fits, $"max_tokens for a query needs {maxTokens + 3} positions");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(300)]
    public void Load_add_bos_without_valid_bos_token_throws(int? bos)
    {
        (Config with { BosTokenId = bos }).Save(_folder.Path);
        Checkpoint.Load(_folder.Path).Dispose();
        Save(TinyCheckpoint.Settings with { AddBos = true });
        AssertThrows(LsrSettings.FileName, "add_bos is true");
    }

    /// <summary>DeepSeek-R1-Distill-Qwen has 151643 in config.json and 151646 in tokenizer_config.json.</summary>
    [Theory]
    [InlineData("\"{0}\"", TinyTokenizer.Bos, true)]
    [InlineData("{{\"content\": \"{0}\"}}", TinyTokenizer.Bos, true)]
    [InlineData("\"{0}\"", TinyTokenizer.Bos - 1, false)]
    [InlineData("{{\"content\": \"{0}\"}}", TinyTokenizer.Bos - 1, false)]
    [InlineData("null", TinyTokenizer.Bos, true)]
    public void Load_add_bos_requires_bos_token_of_tokenizer_config(string format, int named, bool loads)
    {
        Save(TinyCheckpoint.Settings with { AddBos = true });
        var token = TextTokenizer.Load(_folder.Path).GetToken(named);
        _folder.Write("tokenizer_config.json", $$"""
            {"bos_token": {{string.Format(CultureInfo.InvariantCulture, format, token)}}}
            """);
        if (loads)
        {
            Checkpoint.Load(_folder.Path).Dispose();
            return;
        }

        AssertThrows("tokenizer_config.json", $"bos_token is '{token}'");
    }

    [Fact]
    public void Load_add_eos_without_template_throws()
    {
        Save(TinyCheckpoint.Settings with { AddEos = true });
        AssertThrows(LsrSettings.FileName, "add_eos is true");
    }

    /// <summary>The BOS token of config.json applies only if the tokenizer has no template.</summary>
    [Theory]
    [InlineData("null", new[] { TinyTokenizer.Bos })]
    [InlineData(
        """
        {"type": "TemplateProcessing", "special_tokens": {"x": {"ids": [7, 5]}, "y": {"ids": [6]} },
         "single": [{"SpecialToken": {"id": "x"} }, {"Sequence": {"id": "A"} }, {"SpecialToken": {"id": "y"} }]}
        """,
        new[] { 7, 5 })]
    public void CreateBatch_begins_with_tokens_of_tokenizer_template_or_bos_token(string template, int[] ids)
    {
        _folder.Write(TextTokenizer.FileName, JsonMutations.With(TinyTokenizer.Json(), "post_processor", template));
        Save(TinyCheckpoint.Settings with { AddBos = true, Prefix = new("cat", "") });
        using var checkpoint = Checkpoint.Load(_folder.Path);
        using var query = checkpoint.CreateBatch([[9]], TextSide.Query, CPU);
        using var document = checkpoint.CreateBatch([[9]], TextSide.Document, CPU);
        Assert.Equal([.. ids, TinyTokenizer.Id("cat"), 9], query.Ids.data<long>().Select(id => (int)id));
        Assert.Equal([.. ids, 9], document.Ids.data<long>().Select(id => (int)id));
    }

    private void Save(LsrSettings settings) => settings.Save(_folder.Path);

    private void AssertLoad(bool fits, string reason)
    {
        if (fits)
        {
            Checkpoint.Load(_folder.Path).Dispose();
        }
        else
        {
            AssertThrows(LsrSettings.FileName, reason);
        }
    }

    private void AssertThrows(string file, string reason)
    {
        var message = Assert.Throws<CheckpointException>(() => Checkpoint.Load(_folder.Path)).Message;
        Assert.StartsWith(_folder.File(file), message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }
}
