using LuceneLsr.Torch;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Tasks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Runs;

/// <summary>
/// AdamW with one rate for embeddings and head, which may start out meaningful, another for the layers, and what rates
/// the parameters have that a task trains beside the model.
/// </summary>
public sealed class TrainingOptimizer : IDisposable
{
    private readonly Parameter[] _parameters;
    private readonly (optim.ILearningRateController Group, double PeakRate)[] _groups;
    private readonly AdamW _optimizer;
    private readonly OptimizerSettings _settings;
    private readonly LearningRateSchedule _schedule;

    /// <summary>Creates the optimizer over those parameters of a model that have a gradient.</summary>
    /// <param name="model">The model, already on the device where it is trained.</param>
    /// <param name="others">Parameters beside the model's, with their peak rates.</param>
    /// <param name="steps">Steps of the run.</param>
    /// <param name="settings">How the weights move.</param>
    public TrainingOptimizer(
        CausalLanguageModel model, IReadOnlyList<(Parameter Parameter, double PeakRate)> others, int steps,
        OptimizerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        _schedule = new(steps, settings.WarmupSteps, settings.Decay);
        var inLayers = model.named_parameters().Where(pair => pair.parameter.requires_grad).ToLookup(
            pair => CausalLanguageModel.IsOfLayer(pair.name), pair => pair.parameter);
        (Parameter[] Parameters, double PeakRate)[] groups =
        [
            ([.. inLayers[false]], settings.EmbeddingLearningRate),
            ([.. inLayers[true]], settings.LayerLearningRate),
            .. others.Select(other => (new[] { other.Parameter }, other.PeakRate)),
        ];
        _parameters = [.. groups.SelectMany(group => group.Parameters)];
        // Norms, biases and tables do not decay: smaller ones are no simpler.
        var split = groups.SelectMany(group => group.Parameters.GroupBy(parameter => parameter.dim() > 1).Select(same =>
            (group.PeakRate, Group: new AdamW.ParamGroup(
                same, group.PeakRate, weight_decay: same.Key ? settings.WeightDecay : 0)))).ToArray();
        _optimizer = optim.AdamW(split.Select(part => part.Group), settings.LayerLearningRate);
        _groups = [.. _optimizer.ParamGroups.Zip(split.Select(part => part.PeakRate))];
    }

    /// <summary>Forgets the gradient.</summary>
    public void Clear() => _optimizer.zero_grad();

    /// <summary>Moves the parameters along the gradient that they have.</summary>
    /// <param name="step">The step, counted from 0.</param>
    /// <returns>The gradient's norm before clipping, and the factor on the peak rates.</returns>
    /// <exception cref="TrainingCollapseException">The gradient is no number; the weights are as before.</exception>
    public (double GradientNorm, double RateFactor) Step(int step)
    {
        var norm = nn.utils.clip_grad_norm_(_parameters, _settings.GradientClip, 2);
        if (!double.IsFinite(norm))
        {
            throw new TrainingCollapseException(step + 1, "the gradient is no number.", "Lower the learning rates.");
        }

        var factor = _schedule.Factor(step);
        foreach (var (group, peak) in _groups)
        {
            group.LearningRate = peak * factor;
        }

        _optimizer.step();
        return (norm, factor);
    }

    /// <summary>Writes the moments.</summary>
    public void Save(string path) => _optimizer.save_state_dict(path);

    /// <summary>Reads the moments of an optimizer over the same parameters.</summary>
    public void Load(string path) => _optimizer.load_state_dict(path);

    /// <inheritdoc/>
    public void Dispose() => _optimizer.Dispose();
}
