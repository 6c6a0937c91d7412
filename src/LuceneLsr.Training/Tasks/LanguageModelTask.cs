using System.Text.Json.Nodes;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Losses;
using LuceneLsr.Training.Models;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tasks;

/// <summary>
/// Predicts tokens of packed text. A checkpoint that reads documents causally, or as an echo, predicts each next token;
/// a bidirectional one predicts masked tokens, each from the position before it (masked next-token prediction,
/// BehnamGhader et al., LLM2Vec, arXiv 2404.05961).
/// </summary>
public sealed class LanguageModelTask : ITrainingTask, IDisposable
{
    private readonly Checkpoint _checkpoint;
    private readonly LanguageModelRecipe _recipe;
    private readonly PackedTokens _tokens;
    private readonly TokenMask? _mask;
    private readonly IReadOnlyList<int> _rowOfToken;
    private readonly Device _device;

    /// <summary>Prepares the task.</summary>
    /// <param name="checkpoint">The checkpoint whose model is trained.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="texts">Opens the stream of in-domain texts anew.</param>
    /// <param name="device">Where the model is trained.</param>
    /// <exception cref="InvalidDataException">Its sequences are longer than the model's window.</exception>
    public LanguageModelTask(
        Checkpoint checkpoint, LanguageModelRecipe recipe, Func<IEnumerable<string>> texts, Device device)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(texts);
        checkpoint.RequireWindow(recipe.SequenceLength, "sequence_length");
        (_checkpoint, _recipe, _device) = (checkpoint, recipe, device);
        var isMasked = checkpoint.Settings.Variant.Document == AttentionVariant.Bidirectional;
        _mask = isMasked ? new TokenMask(checkpoint.Tokenizer, recipe.MaskedShare, recipe.Seed) : null;
        _tokens = new PackedTokens(
            texts, text => checkpoint.Space.Tokenize(text, int.MaxValue, out _),
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
    public BatchResult Learn(int stepsTaken, double share)
    {
        using var scope = NewDisposeScope();
        var sequences = _tokens.Next();
        var (inputs, targets) = _mask?.Hide(sequences, stepsTaken) ?? Shifted(sequences);
        var logits = Logits(inputs);                                                    // [batch * length, output]
        var rows = tensor(targets.SelectMany(row => row.Select(Row)).ToArray(), device: _device);
        var plain = AdaptationLoss.Plain(logits, rows);
        var saturated = Saturated(logits, rows);
        using var active = (logits.detach() > 0).to(ScalarType.Float32).mean();
        double plainValue = plain.item<float>(), saturatedValue = saturated.item<float>();
        var activeShare = active.item<float>();
        Check(stepsTaken, plainValue + saturatedValue, activeShare);
        ((_recipe.Objective == LanguageModelObjective.Plain ? plain : plain + saturated) * share).backward();
        return new BatchResult(
            "texts", inputs.Sum(input => (long)input.Length),
            [("loss", plainValue), ("saturated_loss", saturatedValue), ("active_share", activeShare)]);
    }

    /// <summary>Nothing is trained beside the model.</summary>
    public void Save(string directory)
    {
    }

    /// <summary>Nothing is trained beside the model.</summary>
    public void Load(string directory)
    {
    }

    /// <inheritdoc/>
    public void Dispose() => _tokens.Dispose();

    private static (int[][] Inputs, int[][] Targets) Shifted(int[][] sequences) =>
        ([.. sequences.Select(sequence => sequence[..^1])], [.. sequences.Select(sequence => sequence[1..])]);

    private Tensor Logits(int[][] inputs)
    {
        using var scope = NewDisposeScope();
        using var batch = TokenBatch.Create(
            inputs, [], _mask is null ? AttentionVariant.Causal : AttentionVariant.Bidirectional, _device);
        return _checkpoint.Model.Logits(_checkpoint.Model.forward(batch)).flatten(0, 1).MoveToOuterDisposeScope();
    }

    private Tensor Saturated(Tensor logits, Tensor rows)
    {
        // Of the plain objective it is but a figure.
        using var graded = set_grad_enabled(_recipe.Objective == LanguageModelObjective.Adaptation);
        return AdaptationLoss.Saturated(logits, rows);
    }

    private long Row(int token) =>
        token == TokenMask.NoTarget || _rowOfToken[token] == TokenRows.None
            ? AdaptationLoss.Ignored
            : _rowOfToken[token];

    private void Check(int step, double loss, double activeShare)
    {
        if (!double.IsFinite(loss))
        {
            throw new TrainingCollapseException(step + 1, "the loss is no number.", "Lower the learning rates.");
        }

        if (activeShare == 0 && _recipe.Objective == LanguageModelObjective.Adaptation)
        {
            throw new TrainingCollapseException(
                step + 1, "no logit is positive: all units are inactive.",
                "Lower the learning rates, or train with the objective plain first.");
        }
    }
}
