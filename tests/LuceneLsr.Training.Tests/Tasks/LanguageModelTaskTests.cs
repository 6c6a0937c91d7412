using LuceneLsr.Evaluation.Runs;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.TorchTestSupport;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tasks;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Tasks;

/// <summary>A language of four words in a fixed order, with a period after the fourth.</summary>
public sealed class LanguageModelTaskTests : IDisposable
{
    private const string Text = "one two three four.";

    private static readonly LanguageModelRecipe Recipe = TinyRecipe.LanguageModel with
    {
        Optimizer = TinyRecipe.Optimizer with { EmbeddingLearningRate = 0.02 },
    };

    private readonly TemporaryFolder _folder = new();
    private readonly TextTokenizer _tokenizer;

    public LanguageModelTaskTests() => _tokenizer = WordTokenizer.Write(_folder.Path, "one", "two", "three", "four");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(AttentionVariant.Causal)]
    [InlineData(AttentionVariant.Echo)]
    [InlineData(AttentionVariant.Bidirectional)]
    public void Training_lowers_both_losses_in_every_variant(AttentionVariant variant)
    {
        using var checkpoint = Create(variant: variant);
        var steps = Run(checkpoint, Recipe, Text);
        Assert.Equal(Enumerable.Range(1, Recipe.Steps), steps.Select(step => step.Step));
        Assert.Equal(Math.Log(_tokenizer.VocabularySize), steps[0].Figure("loss"), 0.5); // chance
        Assert.InRange(steps[^1].Figure("loss"), 0, 0.3);
        Assert.InRange(steps[^1].Figure("saturated_loss"), 0, steps[0].Figure("saturated_loss") - 1);
    }

    [Fact]
    public void Plain_objective_is_cross_entropy_of_logits_only()
    {
        using Checkpoint plain = Create(), adapted = Create();
        var recipe = Recipe with { Steps = 1, Objective = LanguageModelObjective.Plain };
        var step = Run(plain, recipe, Text).Single();
        Assert.Equal(step.Figure("loss"), Run(adapted, Recipe with { Steps = 1 }, Text).Single().Figure("loss"));
        // The gradient of the bias is the mean of softmax minus target, whose elements sum to zero.
        Assert.Equal(0, plain.Model.GetGradients()["lm_head.bias"].Sum(), 1e-6);
        Assert.NotEqual(plain.Model.GetGradients()["lm_head.bias"], adapted.Model.GetGradients()["lm_head.bias"]);
    }

    /// <summary>Texts are packed end to end into sequences. The period has no term and is not a target.</summary>
    [Fact]
    public void Figures_of_causal_step_describe_its_sequences_before_the_update()
    {
        string[] terms = ["one", "two", "three", "four"];
        using var checkpoint = Create(new TermVocabulary(terms));
        int[] stream = [.. Enumerable.Repeat(_tokenizer.Encode(Text), 4)
            .SelectMany(tokens => tokens)]; // repeated from the start
        int[][] sequences = [stream[..8], stream[..8]]; // each lane starts with a text
        var logits = sequences.SelectMany(sequence => DenseArithmetic.Logits(checkpoint, sequence[..^1])).ToArray();
        var rows = sequences.SelectMany(sequence => sequence[1..])
            .Select(token => Array.IndexOf(terms, _tokenizer.GetSurface(token)?.Trim())).ToArray();

        var step = Run(checkpoint, Recipe with { Steps = 1 }, Text).Single();
        Assert.Contains(-1, rows);
        LanguageModelFigures.AssertEqual(step, logits, rows);
        Assert.Equal(
            logits.Zip(rows).Where(pair => pair.Second >= 0)
                .Average(pair => pair.First.Average(logit => logit > 0 ? 1.0 : 0)),
            step.Figure("active_share"), 1e-6);
    }

    [Fact]
    public void Figures_of_bidirectional_step_describe_its_masked_tokens_before_the_update()
    {
        const double Share = 0.3; // one of the three tokens that can be masked
        using var checkpoint = Create(variant: AttentionVariant.Bidirectional);
        var (inputs, targets) = TokenMask.ForCausalModel(_tokenizer, Share, Recipe.Seed)
            .Apply([[.. _tokenizer.Encode("one two three four")]], step: 0);
        var logits = DenseArithmetic.Logits(checkpoint, inputs[0], AttentionVariant.Bidirectional);
        var step = Run(
            checkpoint, Recipe with { Steps = 1, BatchSize = 1, SequenceLength = 4, MaskedShare = Share },
            "one two three four").Single();
        Assert.Single(targets[0], target => target != TokenMask.NoTarget);
        LanguageModelFigures.AssertEqual(step, logits, targets[0]);
    }

    [Fact]
    public void Sequences_longer_than_context_length_are_rejected()
    {
        using var checkpoint = Create();
        var error = Assert.Throws<InvalidDataException>(
            () => Run(checkpoint, Recipe with { SequenceLength = 513 }, Text));
        Assert.StartsWith(
            "sequence_length needs 513 positions, but the model's context length is 512 (", error.Message,
            StringComparison.Ordinal);
        Assert.Single(Run(checkpoint, Recipe with { SequenceLength = 512, Steps = 1 }, Text));
    }

    /// <summary>AdamW's first step moves every parameter by the learning rate.</summary>
    [Fact]
    public void Learning_rate_follows_warm_up()
    {
        using var checkpoint = Create();
        var before = checkpoint.Model.GetValues("lm_head.bias");
        Run(checkpoint, Recipe with { Optimizer = Recipe.Optimizer with { WarmupSteps = 4 } }, steps: 1, Text);
        Assert.Equal(
            Recipe.Optimizer.EmbeddingLearningRate / 4,
            before.Zip(checkpoint.Model.GetValues("lm_head.bias"), (x, y) => Math.Abs(x - y)).Max(), 1e-5);
    }

    [Fact]
    public void Adaptation_with_only_negative_logits_is_a_collapse()
    {
        using var checkpoint = Create();
        checkpoint.Model.Fill("lm_head.weight", 0);
        checkpoint.Model.Fill("lm_head.bias", -1);
        AssertCollapse(checkpoint, "Step 1: no logit is positive: all units are inactive. Lower the learning rates");
    }

    [Fact]
    public void Plain_objective_with_only_negative_logits_is_not_a_collapse()
    {
        using var checkpoint = Create();
        checkpoint.Model.Fill("lm_head.weight", 0);
        checkpoint.Model.Fill("lm_head.bias", -1);
        var step = Run(checkpoint, Recipe with { Steps = 1, Objective = LanguageModelObjective.Plain }, Text).Single();
        Assert.Equal(0, step.Figure("active_share"));
    }

    [Fact]
    public void Texts_without_tokens_are_rejected()
    {
        using var checkpoint = Create();
        Assert.Throws<InvalidDataException>(() => Run(checkpoint, Recipe, "", " \n"));
    }

    [Theory]
    [InlineData("model.norm.weight", double.NaN)]
    [InlineData("lm_head.bias", double.PositiveInfinity)]
    public void Loss_that_is_not_finite_is_a_collapse(string parameter, double value)
    {
        using var checkpoint = Create();
        checkpoint.Model.Fill(parameter, value);
        AssertCollapse(checkpoint, "Step 1: the loss is not finite. Lower the learning rates.");
    }

    private static void AssertCollapse(Checkpoint checkpoint, string message) => Assert.StartsWith(
        message, Assert.Throws<TrainingCollapseException>(() => Run(checkpoint, Recipe, Text)).Message,
        StringComparison.Ordinal);

    private Checkpoint Create(TermVocabulary? terms = null, AttentionVariant variant = AttentionVariant.Causal) =>
        TinyCheckpoint.Create(_tokenizer, terms, new LsrSettings { Variant = PerSide.Both(variant) });

    private static List<TrainingStep> Run(Checkpoint checkpoint, LanguageModelRecipe recipe, params string[] texts) =>
        Run(checkpoint, recipe, int.MaxValue, texts);

    private static List<TrainingStep> Run(
        Checkpoint checkpoint, LanguageModelRecipe recipe, int steps, params string[] texts)
    {
        using var run = new TrainingRun(
            checkpoint, recipe, new LanguageModelTask(checkpoint, recipe, () => texts, CPU), CPU);
        return [.. run.TakeSteps(TestContext.Current.CancellationToken).Take(steps)];
    }
}
