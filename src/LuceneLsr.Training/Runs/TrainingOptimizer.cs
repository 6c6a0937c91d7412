using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Tasks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Runs;

/// <summary>
/// AdamW with a learning rate for each of embeddings, layers, head and the head's bias, and a separate one for each
/// parameter that a task adds.
/// </summary>
internal sealed class TrainingOptimizer : IDisposable
{
    private readonly Parameter[] _parameters;
    private readonly (optim.ILearningRateController Group, double PeakRate)[] _groups;
    private readonly AdamW _optimizer;
    private readonly OptimizerSettings _settings;
    private readonly LearningRateSchedule _schedule;

    /// <summary>Creates an optimizer over the trainable parameters of a model.</summary>
    /// <param name="model">The model, already on its device.</param>
    /// <param name="others">Other parameters to train, with their peak rates.</param>
    /// <param name="steps">The number of steps in the run.</param>
    /// <param name="settings">The optimizer settings.</param>
    public TrainingOptimizer(
        LanguageModel model, IReadOnlyList<(Parameter Parameter, double PeakRate)> others, int steps,
        OptimizerSettings settings)
    {
        _settings = settings;
        _schedule = new(steps, settings.WarmupSteps, settings.Decay);
        var groups = GroupByRate(model, others, settings).ToArray();
        _parameters = [.. groups.SelectMany(group => group.Parameters)];
        // Only matrices decay. Small norms, biases and tables do not make a model simpler.
        var split = groups.SelectMany(group => group.Parameters.GroupBy(parameter => parameter.dim() > 1).Select(same =>
            (group.PeakRate, Group: new AdamW.ParamGroup(
                same, group.PeakRate, weight_decay: same.Key ? settings.WeightDecay : 0)))).ToArray();
        _optimizer = optim.AdamW(split.Select(part => part.Group), settings.LayerLearningRate);
        _groups = [.. _optimizer.ParamGroups.Zip(split.Select(part => part.PeakRate))];
    }

    /// <summary>Clears the gradients.</summary>
    public void ClearGradients() => _optimizer.zero_grad();

    /// <summary>Clips the gradient and moves the parameters along it.</summary>
    /// <param name="step">The step, counted from 0.</param>
    /// <returns>The gradient norm before clipping, and the largest learning rate of a parameter.</returns>
    /// <exception cref="TrainingCollapseException">The gradient is not finite; no weight has changed.</exception>
    public (double GradientNorm, double LearningRate) Step(int step)
    {
        var norm = nn.utils.clip_grad_norm_(_parameters, _settings.GradientClip, 2);
        if (!double.IsFinite(norm))
        {
            throw new TrainingCollapseException(step + 1, "the gradient is not finite.", "Lower the learning rates.");
        }

        var factor = _schedule.GetFactor(step);
        foreach (var (group, peak) in _groups)
        {
            group.LearningRate = peak * factor;
        }

        _optimizer.step();
        return (norm, factor * _groups.Max(group => group.PeakRate));
    }

    /// <summary>Writes the optimizer's moments to a file.</summary>
    public void Save(string path) => _optimizer.save_state_dict(path);

    /// <summary>Reads the moments of an optimizer over the same parameters.</summary>
    public void Load(string path) => _optimizer.load_state_dict(path);

    /// <inheritdoc/>
    public void Dispose() => _optimizer.Dispose();

    private static IEnumerable<(Parameter[] Parameters, double PeakRate)> GroupByRate(
        LanguageModel model, IReadOnlyList<(Parameter Parameter, double PeakRate)> others,
        OptimizerSettings settings) =>
    [
        .. model.named_parameters().Where(pair => pair.parameter.requires_grad)
            .GroupBy(pair => GetPeakRate(pair.name, model.Config.Names, settings), pair => pair.parameter)
            .Select(group => (group.ToArray(), group.Key)),
        .. others.Select(other => (new[] { other.Parameter }, other.PeakRate)),
    ];

    private static double GetPeakRate(string parameter, ModuleNames names, OptimizerSettings settings)
    {
        var headRate = settings.HeadLearningRate ?? settings.EmbeddingLearningRate;
        return names.IsInLayer(parameter) ? settings.LayerLearningRate
            : names.IsInInput(parameter) ? settings.EmbeddingLearningRate
            : parameter == names.HeadBias ? settings.HeadBiasLearningRate ?? headRate
            : headRate;
    }
}
