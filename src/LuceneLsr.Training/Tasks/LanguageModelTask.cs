using System.Diagnostics;
using System.Text.Json.Nodes;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Arithmetic;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Losses;
using LuceneLsr.Training.Recipes;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tasks;

/// <summary>
/// Predicts the tokens of packed text. A checkpoint whose document variant is causal or echo predicts each next token.
/// A bidirectional one predicts masked tokens: a masked LM from their own positions, a causal LM from the positions
/// before them (<see cref="TokenMask"/>).
/// </summary>
/// <remarks>
/// Each sequence is one text to the model: it has the special tokens that the checkpoint puts around a text, such as
/// [CLS] and [SEP], as in the pretraining of masked LMs. They are not predicted.
/// </remarks>
internal sealed class LanguageModelTask : ITrainingTask
{
    private readonly Checkpoint _checkpoint;
    private readonly LanguageModelRecipe _recipe;
    private readonly PackedTokens _tokens;
    private readonly TokenMask? _mask;
    private readonly IReadOnlyList<int> _rowOfToken;
    private readonly Device _device;

    /// <summary>Creates the task.</summary>
    /// <param name="checkpoint">The checkpoint whose model is trained.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="texts">Opens the stream of texts; called once per pass over them.</param>
    /// <param name="device">The device that the model is on.</param>
    /// <exception cref="InvalidDataException">
    /// The recipe's sequences exceed the model's context length or are too short for its special tokens, or a masked LM
    /// has no mask token.
    /// </exception>
    public LanguageModelTask(
        Checkpoint checkpoint, LanguageModelRecipe recipe, Func<IEnumerable<string>> texts, Device device)
    {
        checkpoint.RequireFitsContext(recipe.SequenceLength, "sequence_length");
        (_checkpoint, _recipe, _device) = (checkpoint, recipe, device);
        _mask = CreateMask(checkpoint, recipe);
        _tokens = new PackedTokens(
            texts, text => checkpoint.Space.Tokenize(text, TextTokenizer.NoLimit, out _),
            CountTextTokens(checkpoint.Layout, recipe) + (_mask is null ? 1 : 0), recipe.BatchSize, recipe.Seed);
        _rowOfToken = checkpoint.GetRowOfToken();
    }

    /// <inheritdoc/>
    public JsonNode Position
    {
        get => _tokens.Position;
        set => _tokens.Position = value;
    }

    /// <inheritdoc/>
    public IReadOnlyList<(Parameter Parameter, double PeakRate)> Parameters => [];

    /// <inheritdoc/>
    public BatchResult AccumulateGradient(int step, double lossScale)
    {
        using var scope = NewDisposeScope();
        var sequences = _tokens.Next();
        var (inputs, targets) = _mask?.Apply(sequences, step) ?? Shift(sequences);
        var rows = targets.SelectMany(row => row.Select(GetTargetRow)).ToArray();
        long[] scored = [.. Enumerable.Range(0, rows.Length).Where(index => rows[index] != TokenRows.None)];
        var logits = ComputeLogits(inputs, scored); // [scored, output]
        var expected = tensor(scored.Select(index => (long)rows[index]).ToArray(), device: _device);
        var plain = AdaptationLoss.ComputePlain(logits, expected);
        var saturated = ComputeSaturated(logits, expected);
        using var active = logits.detach().IsPositive().to(ScalarType.Float32).mean();
        double plainValue = plain.item<float>(), saturatedValue = saturated.item<float>();
        var activeShare = active.item<float>();
        ThrowIfCollapsed(step, plainValue + saturatedValue, activeShare);
        SelectLoss(plain, saturated).Times(lossScale).backward();
        return new BatchResult(
            "texts", inputs.Sum(input => (long)input.Length),
            [("loss", plainValue), ("saturated_loss", saturatedValue), ("active_share", activeShare)]);
    }

    /// <summary>Does nothing: only the model is trained.</summary>
    public void Save(string directory)
    {
    }

    /// <summary>Does nothing: only the model is trained.</summary>
    public void Load(string directory)
    {
    }

    /// <inheritdoc/>
    public void Dispose() => _tokens.Dispose();

    private static (int[][] Inputs, int[][] Targets) Shift(int[][] sequences) =>
        ([.. sequences.Select(sequence => sequence[..^1])], [.. sequences.Select(sequence => sequence[1..])]);

    private static TokenMask? CreateMask(Checkpoint checkpoint, LanguageModelRecipe recipe) =>
        checkpoint.Settings.Variant.Document != AttentionVariant.Bidirectional ? null
        : checkpoint.Config is EncoderConfig
            ? TokenMask.ForMaskedModel(checkpoint.Tokenizer, recipe.MaskedShare, recipe.Seed)
            : TokenMask.ForCausalModel(checkpoint.Tokenizer, recipe.MaskedShare, recipe.Seed);

    private static int CountTextTokens(TextLayout layout, LanguageModelRecipe recipe)
    {
        const int MinTextTokens = 2;
        var special = layout.BosTokens.Count + layout.EosTokens.Count;
        Require.Data(recipe.SequenceLength >= special + MinTextTokens,
            $"sequence_length must be at least {special + MinTextTokens}, because the checkpoint adds {special} "
            + "special tokens to a text");
        return recipe.SequenceLength - special;
    }

    // Computes the logits of some positions, as indices into the flattened inputs: -> [scored, output].
    private Tensor ComputeLogits(int[][] inputs, long[] scored)
    {
        using var scope = NewDisposeScope();
        var variant = _mask is null ? AttentionVariant.Causal : AttentionVariant.Bidirectional;
        var layout = _checkpoint.Layout;
        using var batch = TokenBatch.Create(
            [.. inputs.Select(input => TokenSequence.Create(layout.BosTokens, input, layout.EosTokens, variant))],
            variant, _device);
        var positions = batch.PoolIndex.flatten().index_select(0, tensor(scored, device: _device)); // [scored]
        var hidden = _checkpoint.Model.forward(batch).flatten(0, 1).index_select(0, positions);     // [scored, hidden]
        return _checkpoint.Model.ComputeLogits(hidden).MoveToOuterDisposeScope();
    }

    private Tensor SelectLoss(Tensor plain, Tensor saturated) => _recipe.Objective switch
    {
        LanguageModelObjective.Plain => plain,
        LanguageModelObjective.Adaptation => plain.Plus(saturated),
        _ => throw new UnreachableException($"Unknown objective: {_recipe.Objective}."),
    };

    private Tensor ComputeSaturated(Tensor logits, Tensor expected)
    {
        // Under the plain objective the saturated loss is only reported.
        using var graded = set_grad_enabled(_recipe.Objective == LanguageModelObjective.Adaptation);
        return AdaptationLoss.ComputeSaturated(logits, expected);
    }

    private int GetTargetRow(int token) => token == TokenMask.NoTarget ? TokenRows.None : _rowOfToken[token];

    private void ThrowIfCollapsed(int step, double loss, double activeShare)
    {
        if (!double.IsFinite(loss))
        {
            throw new TrainingCollapseException(step + 1, "the loss is not finite.", "Lower the learning rates.");
        }

        // The few masked positions may well have no positive logit. The plain term raises their targets' logits.
        if (activeShare == 0 && _mask is null && _recipe.Objective == LanguageModelObjective.Adaptation)
        {
            throw new TrainingCollapseException(
                step + 1, "no logit is positive: all units are inactive.",
                "Lower the learning rates, or train with objective 'plain' first.");
        }
    }
}
