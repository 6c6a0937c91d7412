using LuceneLsr.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Training;

/// <summary>
/// AdamW without weight decay (Loshchilov and Hutter, 2019) with one rate for embeddings and head, which start out
/// meaningful, and another for the layers, which do not.
/// </summary>
public sealed class TwoRateOptimizer : IDisposable
{
    private readonly Parameter[] _parameters;
    private readonly (optim.ILearningRateController Group, double PeakRate)[] _groups;
    private readonly AdamW _optimizer;

    /// <summary>Creates the optimizer over a model's parameters.</summary>
    public TwoRateOptimizer(CausalLanguageModel model, double embeddingRate, double layerRate)
    {
        ArgumentNullException.ThrowIfNull(model);
        var inLayers = model.named_parameters().ToLookup(
            parameter => parameter.name.StartsWith("model.layers.", StringComparison.Ordinal),
            parameter => parameter.parameter);
        _parameters = [.. inLayers[false], .. inLayers[true]];
        _optimizer = optim.AdamW(
            [new AdamW.ParamGroup(inLayers[false], embeddingRate, weight_decay: 0),
             new AdamW.ParamGroup(inLayers[true], layerRate, weight_decay: 0)],
            embeddingRate, weight_decay: 0);
        _groups = [.. _optimizer.ParamGroups.Zip([embeddingRate, layerRate])];
    }

    /// <summary>Applies the gradient of a loss and forgets it.</summary>
    /// <param name="loss">A scalar.</param>
    /// <param name="rateFactor">Factor on both peak rates.</param>
    /// <param name="largestNorm">The gradient is scaled down to this norm.</param>
    /// <returns>The gradient's norm before that.</returns>
    /// <exception cref="TrainingCollapseException">The gradient is no number; the weights are as before.</exception>
    public double Step(Tensor loss, double rateFactor, double largestNorm)
    {
        ArgumentNullException.ThrowIfNull(loss);
        _optimizer.zero_grad();
        loss.backward();
        var norm = nn.utils.clip_grad_norm_(_parameters, largestNorm, 2);
        if (!double.IsFinite(norm))
        {
            throw new TrainingCollapseException(
                "The gradient is no number. Lower the learning rates, or adapt the model first.");
        }

        foreach (var (group, peak) in _groups)
        {
            group.LearningRate = peak * rateFactor;
        }

        _optimizer.step();
        return norm;
    }

    /// <inheritdoc/>
    public void Dispose() => _optimizer.Dispose();
}
