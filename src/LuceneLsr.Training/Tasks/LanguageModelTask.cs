using System.Diagnostics;
using System.Text.Json.Nodes;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Models;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Losses;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Tokenizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tasks;

/// <summary>
/// Predicts the tokens of packed text. A checkpoint whose document variant is causal or echo predicts each next token;
/// a bidirectional one predicts masked tokens, each from the position before it (masked next-token prediction,
/// BehnamGhader et al., LLM2Vec, arXiv 2404.05961).
/// </summary>
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
    /// The recipe's sequences exceed the model's context length.
    /// </exception>
    public LanguageModelTask(
        Checkpoint checkpoint, LanguageModelRecipe recipe, Func<IEnumerable<string>> texts, Device device)
    {
        checkpoint.RequireFitsContext(recipe.SequenceLength, "sequence_length");
        (_checkpoint, _recipe, _device) = (checkpoint, recipe, device);
        var isMasked = checkpoint.Settings.Variant.Document == AttentionVariant.Bidirectional;
        _mask = isMasked ? new TokenMask(checkpoint.Tokenizer, recipe.MaskedShare, recipe.Seed) : null;
        _tokens = new PackedTokens(
            texts, text => checkpoint.Space.Tokenize(text, TextTokenizer.NoLimit, out _),
            recipe.SequenceLength + (isMasked ? 0 : 1), recipe.BatchSize, recipe.Seed);
        _rowOfToken = TokenRows.FromCheckpoint(checkpoint);
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
        var logits = ComputeLogits(inputs); // [batch * length, output]
        var rows = tensor(targets.SelectMany(row => row.Select(GetTargetRow)).ToArray(), device: _device);
        var plain = AdaptationLoss.ComputePlain(logits, rows);
        var saturated = ComputeSaturated(logits, rows);
        using var active = (logits.detach() > 0).to(ScalarType.Float32).mean();
        double plainValue = plain.item<float>(), saturatedValue = saturated.item<float>();
        var activeShare = active.item<float>();
        ThrowIfCollapsed(step, plainValue + saturatedValue, activeShare);
        (SelectLoss(plain, saturated) * lossScale).backward();
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

    private Tensor ComputeLogits(int[][] inputs)
    {
        using var scope = NewDisposeScope();
        using var batch = TokenBatch.Create(
            inputs, [], _mask is null ? AttentionVariant.Causal : AttentionVariant.Bidirectional, _device);
        var hidden = _checkpoint.Model.forward(batch); // [batch, length, hidden]
        return _checkpoint.Model.ComputeLogits(hidden).flatten(0, 1).MoveToOuterDisposeScope();
    }

    private Tensor SelectLoss(Tensor plain, Tensor saturated) => _recipe.Objective switch
    {
        LanguageModelObjective.Plain => plain,
        LanguageModelObjective.Adaptation => plain + saturated,
        _ => throw new UnreachableException($"Unknown objective: {_recipe.Objective}."),
    };

    private Tensor ComputeSaturated(Tensor logits, Tensor rows)
    {
        // Under the plain objective the saturated loss is only reported.
        using var graded = set_grad_enabled(_recipe.Objective == LanguageModelObjective.Adaptation);
        return AdaptationLoss.ComputeSaturated(logits, rows);
    }

    private long GetTargetRow(int token) =>
        token == TokenMask.NoTarget || _rowOfToken[token] == TokenRows.None
            ? AdaptationLoss.IgnoredTarget
            : _rowOfToken[token];

    private void ThrowIfCollapsed(int step, double loss, double activeShare)
    {
        if (!double.IsFinite(loss))
        {
            throw new TrainingCollapseException(step + 1, "the loss is not finite.", "Lower the learning rates.");
        }

        if (activeShare == 0 && _recipe.Objective == LanguageModelObjective.Adaptation)
        {
            throw new TrainingCollapseException(
                step + 1, "no logit is positive: all units are inactive.",
                "Lower the learning rates, or train with objective 'plain' first.");
        }
    }
}
