using System.Diagnostics;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Encoding;
using LuceneLsr.Training.Losses;
using LuceneLsr.Training.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Phases;

/// <summary>
/// CSPLADE's light adaptation: next-token prediction with <see cref="AdaptationLoss"/>, on packed in-domain text.
/// </summary>
public sealed class AdaptationPhase
{
    private readonly Checkpoint _checkpoint;
    private readonly AdaptationOptions _options;
    private readonly IReadOnlyList<int> _rowOfToken;
    private readonly Device _device;
    private readonly IEnumerable<string> _texts;

    /// <summary>Prepares a run over a checkpoint's model, whose weights it will change.</summary>
    /// <param name="checkpoint">
    /// The checkpoint; its variant must be causal or echo, both of which read causally.
    /// </param>
    /// <param name="texts">In-domain texts; read from the start again when they end.</param>
    /// <param name="options">How to run.</param>
    /// <param name="device">Where to run.</param>
    public AdaptationPhase(Checkpoint checkpoint, IEnumerable<string> texts, AdaptationOptions options, Device device)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SequenceLength, 1);
        if (Enum.GetValues<TextSide>().Any(side => checkpoint.Settings.Variant[side] == AttentionVariant.Bidirectional))
        {
            throw new ArgumentException(
                "Next-token prediction is no task for a bidirectional model, which sees the next token: "
                + "adapt it as causal, then set \"variant\" to \"bi\" in lsr.json.", nameof(checkpoint));
        }

        (_checkpoint, _texts, _options, _device) = (checkpoint, texts, options, device);
        _rowOfToken = TokenRows.Of(checkpoint);
    }

    /// <summary>Runs the steps one by one, as they are enumerated.</summary>
    /// <exception cref="InvalidDataException">The texts are all empty.</exception>
    /// <exception cref="TrainingCollapseException">The loss is no number, or no logit is positive.</exception>
    public IEnumerable<AdaptationStep> Run(CancellationToken cancellationToken)
    {
        _checkpoint.Model.to(_device);
        _checkpoint.Model.train();
        var rates = new LearningRateSchedule(_options.Steps, (int)(_options.Steps * _options.WarmupShare));
        using var optimizer = new TwoRateOptimizer(
            _checkpoint.Model, _options.EmbeddingLearningRate, _options.LayerLearningRate);
        foreach (var (step, batch) in PackedSequences().Chunk(_options.BatchSize).Take(_options.Steps).Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Step(step, batch, rates.Factor(step), optimizer);
        }
    }

    private AdaptationStep Step(int step, int[][] sequences, double rateFactor, TwoRateOptimizer optimizer)
    {
        var watch = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        using var batch = TokenBatch.Create(
            [.. sequences.Select(sequence => sequence[..^1])], [], AttentionVariant.Causal, _device);
        var targets = tensor(sequences.SelectMany(sequence => sequence[1..].Select(Target)).ToArray(), device: _device);
        var logits = _checkpoint.Model.Logits(_checkpoint.Model.forward(batch))
            .flatten(0, 1); // [batch * length, output]
        var (plain, saturated) = AdaptationLoss.Terms(logits, targets);
        double plainValue = plain.item<float>(), saturatedValue = saturated.item<float>();
        if (!double.IsFinite(plainValue + saturatedValue))
        {
            throw new TrainingCollapseException(step + 1, "the loss is no number.");
        }

        using (var anyActive = (logits > 0).any())
        {
            if (!anyActive.item<bool>())
            {
                throw new TrainingCollapseException(step + 1, "no logit is positive: all units are inactive.");
            }
        }

        var norm = optimizer.Step(plain + saturated, rateFactor, _options.GradientClip);
        return new AdaptationStep(step + 1, plainValue, saturatedValue, norm, watch.Elapsed.TotalSeconds);
    }

    private long Target(int token) =>
        _rowOfToken[token] == TokenRows.None ? AdaptationLoss.Ignored : _rowOfToken[token];

    private IEnumerable<int[]> PackedSequences()
    {
        var pending = new List<int>();
        while (true)
        {
            var isEmpty = true;
            foreach (var text in _texts)
            {
                var tokens = _checkpoint.Space.Tokenize(text, int.MaxValue, out _);
                isEmpty &= tokens.Count == 0;
                pending.AddRange(tokens);
                for (; pending.Count > _options.SequenceLength; pending.RemoveRange(0, _options.SequenceLength))
                {
                    yield return [.. pending.Take(_options.SequenceLength + 1)];
                }
            }

            if (isEmpty)
            {
                throw new InvalidDataException("The texts hold not one token to learn from.");
            }
        }
    }
}
