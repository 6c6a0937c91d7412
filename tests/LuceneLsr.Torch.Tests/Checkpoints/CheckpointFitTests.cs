using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Checkpoints;

/// <summary>Files that are sound one by one but do not belong together.</summary>
public sealed class CheckpointFitTests : IDisposable
{
    private static readonly DecoderConfig Config = TinyModel.Untied(TinyModel.Config, outputSize: 4);

    private readonly TemporaryFolder _folder = new();

    public CheckpointFitTests() =>
        TinyCheckpoint.Write(_folder, Config, ReferenceWeights.Zero(Config), TinyCheckpoint.Settings, ["a", "b", "c", "d"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_that_fit_are_loaded()
    {
        using var checkpoint = Checkpoint.Load(_folder.Path);
        Assert.Equal(Config, checkpoint.Model.Config);
    }

    [Fact]
    public void A_missing_directory_is_named()
    {
        var directory = _folder.File("none");
        Assert.Equal($"{directory}: no such checkpoint directory.",
            Assert.Throws<CheckpointException>(() => Checkpoint.Load(directory)).Message);
    }

    [Theory]
    [InlineData(DecoderConfig.FileName)]
    [InlineData(LsrSettings.FileName)]
    [InlineData(TextTokenizer.FileName)]
    [InlineData(Checkpoint.WeightsFileName)]
    public void A_missing_file_is_named(string name)
    {
        File.Delete(_folder.File(name));
        AssertRefused(name, "missing");
    }

    [Fact]
    public void A_tokenizer_with_more_ids_than_the_model_is_refused()
    {
        (Config with { VocabSize = 299, BosTokenId = null }).Save(_folder.Path);
        AssertRefused(TextTokenizer.FileName,
            "has ids up to 299, but the model has only 299 (config.json, vocab_size)");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Terms_are_as_many_as_the_head_has_rows(int count)
    {
        new TermVocabulary(Enumerable.Range(0, count).Select(row => $"term{row}")).Save(_folder.Path);
        AssertRefused(TermVocabulary.FileName, $"names {count} rows, but the model's head has 4");
    }

    [Theory]
    [InlineData(AttentionVariant.Causal, 512, true)]
    [InlineData(AttentionVariant.Causal, 513, false)]
    [InlineData(AttentionVariant.Bidirectional, 513, false)]
    [InlineData(AttentionVariant.Echo, 256, true)]
    [InlineData(AttentionVariant.Echo, 257, false)]
    public void The_window_holds_the_longest_text(AttentionVariant variant, int maxTokens, bool fits)
    {
        Save(TinyCheckpoint.Settings with { Variant = PerSide.Both(variant), MaxTokens = new(10, maxTokens) });
        var copies = variant == AttentionVariant.Echo ? 2 : 1;
        AssertWindow(fits, $"max_tokens for a Document needs {copies * maxTokens} positions");
    }

    [Theory]
    [InlineData(509, true)]
    [InlineData(510, false)]
    public void The_window_holds_what_precedes_a_text_as_well(int maxTokens, bool fits)
    {
        Save(TinyCheckpoint.Settings with
        {
            AddBos = true,
            Prefix = new("cat dog", ""),
            MaxTokens = new(maxTokens, 10)
        });
        AssertWindow(fits, $"max_tokens for a Query needs {maxTokens + 3} positions");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(300)]
    public void A_leading_token_must_be_one_of_the_model(int? bos)
    {
        (Config with { BosTokenId = bos }).Save(_folder.Path);
        Checkpoint.Load(_folder.Path).Dispose();
        Save(TinyCheckpoint.Settings with { AddBos = true });
        AssertRefused(LsrSettings.FileName, "add_bos is true");
    }

    /// <summary>The template of the tokenizer's file says what begins a sequence; config.json only where it does not.</summary>
    [Theory]
    [InlineData("null", new[] { TinyTokenizer.Bos })]
    [InlineData(
        """
        {"type": "TemplateProcessing", "special_tokens": {"x": {"ids": [7, 5]}, "y": {"ids": [6]} },
         "single": [{"SpecialToken": {"id": "x"} }, {"Sequence": {"id": "A"} }, {"SpecialToken": {"id": "y"} }]}
        """,
        new[] { 7, 5 })]
    public void What_begins_a_sequence_is_what_the_tokenizer_puts_there(string template, int[] ids)
    {
        _folder.Write(TextTokenizer.FileName, JsonMutations.With(TinyTokenizer.Json(), "post_processor", template));
        Save(TinyCheckpoint.Settings with { AddBos = true, Prefix = new("cat", "") });
        using var checkpoint = Checkpoint.Load(_folder.Path);
        using var query = checkpoint.Batch([[9]], TextSide.Query, CPU);
        using var document = checkpoint.Batch([[9]], TextSide.Document, CPU);
        Assert.Equal([.. ids, TinyTokenizer.Id("cat"), 9], query.Ids.data<long>().Select(id => (int)id));
        Assert.Equal([.. ids, 9], document.Ids.data<long>().Select(id => (int)id));
    }

    private void Save(LsrSettings settings) => settings.Save(_folder.Path);

    private void AssertWindow(bool fits, string reason)
    {
        if (fits)
        {
            Checkpoint.Load(_folder.Path).Dispose();
        }
        else
        {
            AssertRefused(LsrSettings.FileName, reason);
        }
    }

    private void AssertRefused(string file, string reason)
    {
        var message = Assert.Throws<CheckpointException>(() => Checkpoint.Load(_folder.Path)).Message;
        Assert.StartsWith(_folder.File(file), message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }
}
