using System.Diagnostics;
using LuceneLsr.Encoding;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Losses;
using LuceneLsr.Training.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Phases;

/// <summary>
/// Contrastive training: InfoNCE with in-batch and hard negatives plus the FLOPS regularizer on either side
/// (CSPLADE, arXiv 2504.10816, section 3).
/// </summary>
public sealed class ContrastivePhase
{
    private readonly Checkpoint _checkpoint;
    private readonly Recipe _recipe;
    private readonly BatchSampler _sampler;
    private readonly Device _device;
    private readonly LearningRateSchedule _rates;
    private readonly QuadraticRamp _flops;

    /// <summary>Prepares a run over a checkpoint's model, whose weights it will change.</summary>
    public ContrastivePhase(Checkpoint checkpoint, Recipe recipe, BatchSampler sampler, Device device)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(recipe);
        (_checkpoint, _recipe, _sampler, _device) = (checkpoint, recipe, sampler, device);
        _rates = new LearningRateSchedule(recipe.Steps, recipe.WarmupSteps);
        _flops = new QuadraticRamp(recipe.FlopsWeight, recipe.FlopsRampSteps);
    }

    /// <summary>Runs the steps one by one, as they are enumerated.</summary>
    /// <exception cref="TrainingCollapseException">The loss is no number, or all weights are zero.</exception>
    public IEnumerable<ContrastiveStep> Run(CancellationToken cancellationToken)
    {
        _checkpoint.Model.to(_device);
        _checkpoint.Model.train();
        using var optimizer = new TwoRateOptimizer(
            _checkpoint.Model, _recipe.EmbeddingLearningRate, _recipe.LayerLearningRate);
        for (var step = 0; step < _recipe.Steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Step(step, optimizer);
        }
    }

    private ContrastiveStep Step(int step, TwoRateOptimizer optimizer)
    {
        var watch = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        var batch = _sampler.Next();
        var queries = Weights(batch.Queries, TextSide.Query, _recipe.QueryTokens); // [pairs, terms]
        var documents = Weights(
            batch.Documents, TextSide.Document, _recipe.DocumentTokens); // [pairs + negatives, terms]
        var loss = InfoNce.Loss(queries, documents, _recipe.Temperature);
        Tensor queryFlops = FlopsRegularizer.Penalty(queries), documentFlops = FlopsRegularizer.Penalty(documents);
        double queryTerms = ActiveTerms(queries), documentTerms = ActiveTerms(documents);
        Check(step, loss, queryTerms, documentTerms);
        var norm = optimizer.Step(
            loss + (_flops.At(step) * (queryFlops + documentFlops)), _rates.Factor(step), _recipe.GradientClip);
        return new ContrastiveStep(
            step + 1, SourceName(batch.Source), loss.item<float>(), queryFlops.item<float>(),
            documentFlops.item<float>(), norm, queryTerms, documentTerms, watch.Elapsed.TotalSeconds);
    }

    private Tensor Weights(IReadOnlyList<string> texts, TextSide side, int maxTokens)
    {
        using var tokens = _checkpoint.Batch(
            [.. texts.Select(text => _checkpoint.Space.Tokenize(text, maxTokens, out _))], side, _device);
        return PooledHead.TrainableWeights(_checkpoint.Model, tokens, _checkpoint.Pooling(side));
    }

    private string SourceName(int source) =>
        $"{_recipe.Sources[source].Path}/{_recipe.Sources[source].Kind}".ToLowerInvariant();

    private static double ActiveTerms(Tensor weights) =>
        (double)(weights > 0).sum().item<long>() / weights.shape[0];

    private static void Check(int step, Tensor loss, double queryTerms, double documentTerms)
    {
        if (!float.IsFinite(loss.item<float>()))
        {
            throw new TrainingCollapseException(step + 1, "the loss is no number.");
        }

        if (queryTerms == 0 || documentTerms == 0)
        {
            throw new TrainingCollapseException(step + 1, "every weight is zero: all units are inactive.");
        }
    }
}
