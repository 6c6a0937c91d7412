using LuceneLsr.Encoding;
using LuceneLsr.Encoding.Terms;
using LuceneLsr.Encoding.Tokenization;
using LuceneLsr.TestSupport;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Phases;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Phases;

/// <summary>A language of four words that always follow each other, with a dot after the fourth.</summary>
public sealed class AdaptationPhaseTests : IDisposable
{
    private const string Text = "one two three four.";

    private static readonly AdaptationOptions Options = new()
    {
        Steps = 40,
        BatchSize = 2,
        SequenceLength = 7,
        EmbeddingLearningRate = 0.02,
        LayerLearningRate = 0.01,
        WarmupShare = 0,
    };

    private readonly TemporaryFolder _folder = new();
    private readonly TextTokenizer _tokenizer;

    public AdaptationPhaseTests() => _tokenizer = WordTokenizer.Write(_folder.Path, "one", "two", "three", "four");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(AttentionVariant.Causal)]
    [InlineData(AttentionVariant.Echo)]
    public void Training_lowers_both_losses(AttentionVariant variant)
    {
        using var checkpoint = Create(variant: variant);
        var steps = Run(checkpoint, Options, Text);
        Assert.Equal(Enumerable.Range(1, Options.Steps), steps.Select(step => step.Step));
        Assert.Equal(Math.Log(_tokenizer.VocabularySize), steps[0].Loss, 0.5); // chance
        Assert.InRange(steps[^1].Loss, 0, 0.2);
        Assert.InRange(steps[^1].SaturatedLoss, 0, steps[0].SaturatedLoss - 1);
    }

    /// <summary>
    /// Texts end to end, cut into sequences that share the token between them; the dot has no term and is no target.
    /// </summary>
    [Fact]
    public void A_steps_figures_are_those_of_its_sequences_before_the_step()
    {
        string[] terms = ["one", "two", "three", "four"];
        using var checkpoint = Create(new TermVocabulary(terms));
        int[] stream = [.. Enumerable.Repeat(_tokenizer.Encode(Text), 3)
            .SelectMany(tokens => tokens)]; // read again from the start
        int[][] sequences = [stream[0..8], stream[7..15]];
        var scored = (
            from sequence in sequences
            let logits = DenseArithmetic.Logits(checkpoint, sequence[..^1])
            from position in Enumerable.Range(0, 7)
            let row = Array.IndexOf(terms, _tokenizer.Surface(sequence[position + 1]))
            where row >= 0
            select (Logits: logits[position], Row: row)).ToList();

        var step = Run(checkpoint, Options with { Steps = 1 }, Text).Single();
        Assert.Equal(scored.Average(one => DenseArithmetic.CrossEntropy(one.Logits, one.Row)), step.Loss, 1e-4);
        Assert.Equal(
            scored.Average(one =>
                DenseArithmetic.CrossEntropy(one.Logits.Select(logit => Math.Log(1 + Math.Max(0, logit))), one.Row)),
            step.SaturatedLoss, 1e-4);
    }

    /// <summary>AdamW's first step is as long as its rate in every dimension.</summary>
    [Fact]
    public void The_rate_follows_its_schedule()
    {
        using var checkpoint = Create();
        var before = checkpoint.Values("lm_head.bias");
        _ = Phase(checkpoint, Options with { WarmupShare = 0.1 }, Text)
            .Run(TestContext.Current.CancellationToken).First();
        Assert.Equal(
            Options.EmbeddingLearningRate / 4,
            before.Zip(checkpoint.Values("lm_head.bias"), (x, y) => Math.Abs(x - y)).Max(), 1e-5);
    }

    [Fact]
    public void Logits_that_are_all_negative_are_a_collapse()
    {
        using var checkpoint = Create();
        checkpoint.Fill("lm_head.weight", 0);
        checkpoint.Fill("lm_head.bias", -1);
        var run = Phase(checkpoint, Options, Text).Run(TestContext.Current.CancellationToken);
        Assert.Contains(
            "no logit is positive", Assert.Throws<TrainingCollapseException>(() => run.First()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_bidirectional_model_is_refused()
    {
        using var checkpoint = Create(variant: AttentionVariant.Bidirectional);
        Assert.Contains(
            "adapt it as causal",
            Assert.Throws<ArgumentException>(() => Phase(checkpoint, Options, Text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_options_are_refused()
    {
        using var checkpoint = Create();
        Assert.All(
            [Options with { Steps = 0 }, Options with { BatchSize = 0 }, Options with { SequenceLength = 0 }],
            options => Assert.Throws<ArgumentOutOfRangeException>(() => Phase(checkpoint, options, Text)));
    }

    [Fact]
    public void Texts_without_a_token_are_refused()
    {
        using var checkpoint = Create();
        Assert.Throws<InvalidDataException>(() => Run(checkpoint, Options, "", " \n"));
    }

    [Theory]
    [InlineData("model.norm.weight", double.NaN)]
    [InlineData("lm_head.bias", double.PositiveInfinity)]
    public void A_loss_that_is_no_number_is_a_collapse(string parameter, double value)
    {
        using var checkpoint = Create();
        checkpoint.Fill(parameter, value);
        Assert.StartsWith("Step 1: the loss is no number",
            Assert.Throws<TrainingCollapseException>(() => Run(checkpoint, Options, Text)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_is_seen()
    {
        using var checkpoint = Create();
        Assert.Throws<OperationCanceledException>(
            () => Phase(checkpoint, Options, Text).Run(new CancellationToken(canceled: true)).ToList());
    }

    private Checkpoint Create(TermVocabulary? terms = null, AttentionVariant variant = AttentionVariant.Causal) =>
        TinyCheckpoint.Create(_tokenizer, terms, new LsrSettings { Variant = PerSide.Both(variant) });

    private static AdaptationPhase Phase(Checkpoint checkpoint, AdaptationOptions options, params string[] texts) =>
        new(checkpoint, texts, options, CPU);

    private static List<AdaptationStep> Run(Checkpoint checkpoint, AdaptationOptions options, params string[] texts) =>
        [.. Phase(checkpoint, options, texts).Run(TestContext.Current.CancellationToken)];
}
