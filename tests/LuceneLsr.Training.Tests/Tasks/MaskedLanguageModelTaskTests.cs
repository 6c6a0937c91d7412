using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.TorchTestSupport;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tasks;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Tasks;

/// <summary>Masked LMs, whose texts begin with [CLS] and end with [SEP].</summary>
public sealed class MaskedLanguageModelTaskTests : IDisposable
{
    private const string Text = "cat dog bird sing";

    private static readonly int Start = TinySentenceEncoder.GetToken("[CLS]");
    private static readonly int End = TinySentenceEncoder.GetToken("[SEP]");
    private static readonly int Mask = TinySentenceEncoder.GetToken("[MASK]");
    private static readonly int[] Words = [.. Text.Split(' ').Select(TinySentenceEncoder.GetToken)];

    private static readonly LanguageModelRecipe Recipe =
        TinyRecipe.LanguageModel with { Steps = 1, BatchSize = 1, SequenceLength = 6 };

    private readonly TemporaryFolder _folder = new();
    private readonly TextTokenizer _tokenizer;

    public MaskedLanguageModelTaskTests()
    {
        TinySentenceEncoder.Write(_folder.Path);
        _tokenizer = TextTokenizer.Load(_folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A share of 0.99 of four tokens masks all.</summary>
    [Fact]
    public void Figures_of_bidirectional_step_are_of_masked_tokens_at_their_own_positions()
    {
        using var checkpoint = Create(AttentionVariant.Bidirectional);
        var logits = DenseArithmetic.Logits(
            checkpoint, [Start, Mask, Mask, Mask, Mask, End], AttentionVariant.Bidirectional);
        var step = Run(checkpoint, Recipe with { MaskedShare = 0.99 }, Text).Single();
        LanguageModelFigures.AssertEqual(step, logits, [-1, .. Words, -1]);
        Assert.Equal(
            logits[1..^1].Average(row => row.Average(logit => logit > 0 ? 1.0 : 0)), step.Figure("active_share"), 1e-6);
    }

    [Fact]
    public void Figures_of_bidirectional_step_are_of_the_share_that_is_masked()
    {
        const double Share = 0.5;
        using var checkpoint = Create(AttentionVariant.Bidirectional);
        var (inputs, targets) = TokenMask.ForMaskedModel(_tokenizer, Share, Recipe.Seed).Apply([Words], step: 0);
        var logits = DenseArithmetic.Logits(
            checkpoint, [Start, .. inputs[0], End], AttentionVariant.Bidirectional);
        var step = Run(checkpoint, Recipe with { MaskedShare = Share }, Text).Single();
        Assert.Equal(2, inputs[0].Count(token => token == Mask));
        LanguageModelFigures.AssertEqual(step, logits, [-1, .. targets[0], -1]);
    }

    /// <summary>"birds" is "bird" and "##s", which has no term and so no row.</summary>
    [Fact]
    public void Masked_token_without_term_is_not_predicted()
    {
        using var checkpoint = Create(AttentionVariant.Bidirectional, new TermVocabulary(["dog", "bird"]));
        var logits = DenseArithmetic.Logits(
            checkpoint, [Start, Mask, Mask, Mask, End], AttentionVariant.Bidirectional);
        var step = Run(checkpoint, Recipe with { SequenceLength = 5, MaskedShare = 0.99 }, "dog birds").Single();
        LanguageModelFigures.AssertEqual(step, logits, [-1, 0, 1, -1, -1]);
    }

    /// <summary>The fifth token of the packed text, "cat" again, is only predicted.</summary>
    [Theory]
    [InlineData(AttentionVariant.Causal)]
    [InlineData(AttentionVariant.Echo)]
    public void Figures_of_step_under_causal_mask_are_of_next_tokens(AttentionVariant variant)
    {
        using var checkpoint = Create(variant);
        var logits = DenseArithmetic.Logits(checkpoint, [Start, .. Words, End]);
        var step = Run(checkpoint, Recipe, Text).Single();
        LanguageModelFigures.AssertEqual(step, logits, [-1, .. Words[1..], Words[0], -1]);
    }

    [Theory]
    [InlineData(AttentionVariant.Causal)]
    [InlineData(AttentionVariant.Bidirectional)]
    public void Training_lowers_both_losses(AttentionVariant variant)
    {
        using var checkpoint = Create(variant);
        var steps = Run(
            checkpoint, Recipe with { Steps = 150, BatchSize = 4, SequenceLength = 10 }, Text);
        Assert.InRange(Mean(steps.TakeLast(5), "loss"), 0, Mean(steps.Take(5), "loss") / 2);
        Assert.InRange(Mean(steps.TakeLast(5), "saturated_loss"), 0, Mean(steps.Take(5), "saturated_loss") - 0.5);

        static double Mean(IEnumerable<TrainingStep> steps, string figure) =>
            steps.Average(step => step.Figure(figure));
    }

    /// <summary>A sparse start has few positive logits, and masked tokens are few.</summary>
    [Fact]
    public void Masked_tokens_without_positive_logits_are_not_a_collapse()
    {
        using var checkpoint = Create(AttentionVariant.Bidirectional);
        checkpoint.Model.Fill("cls.predictions.bias", -100);
        Assert.Equal(0, Run(checkpoint, Recipe, Text).Single().Figure("active_share"));
    }

    [Fact]
    public void Next_tokens_without_positive_logits_are_a_collapse()
    {
        using var checkpoint = Create(AttentionVariant.Causal);
        checkpoint.Model.Fill("cls.predictions.bias", -100);
        Assert.Contains("no logit is positive", Assert.Throws<TrainingCollapseException>(
            () => Run(checkpoint, Recipe, Text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AttentionVariant.Causal)]
    [InlineData(AttentionVariant.Bidirectional)]
    public void Sequences_without_room_beside_special_tokens_are_rejected(AttentionVariant variant)
    {
        using var checkpoint = Create(variant);
        var error = Assert.Throws<InvalidDataException>(
            () => Run(checkpoint, Recipe with { SequenceLength = 3 }, Text));
        Assert.Equal(
            "sequence_length must be at least 4, because the checkpoint adds 2 special tokens to a text.",
            error.Message);
        Assert.Single(Run(checkpoint, Recipe with { SequenceLength = 4 }, Text));
    }

    private Checkpoint Create(AttentionVariant variant, TermVocabulary? terms = null)
    {
        terms ??= TermVocabulary.FromTokens(_tokenizer, new TermRule());
        manual_seed(2);
        var checkpoint = Checkpoint.Create(
            new EncoderConfig
            {
                VocabSize = _tokenizer.VocabularySize,
                HiddenSize = 12,
                IntermediateSize = 16,
                NumHiddenLayers = 2,
                NumAttentionHeads = 3,
                MaxPositionEmbeddings = 40,
                LayerNormEps = 1e-12,
                TypeVocabSize = 2,
                TieWordEmbeddings = false,
                OutputSize = terms.Count,
                OutputBias = true,
                HeadTransform = true,
            },
            _tokenizer, terms,
            new LsrSettings { Variant = PerSide.Both(variant), AddBos = true, AddEos = true });
        checkpoint.Model.Fill("cls.predictions.bias", 0.1);
        return checkpoint;
    }

    private static List<TrainingStep> Run(Checkpoint checkpoint, LanguageModelRecipe recipe, params string[] texts)
    {
        using var run = new TrainingRun(
            checkpoint, recipe, new LanguageModelTask(checkpoint, recipe, () => texts, CPU), CPU);
        return [.. run.TakeSteps(TestContext.Current.CancellationToken)];
    }
}
