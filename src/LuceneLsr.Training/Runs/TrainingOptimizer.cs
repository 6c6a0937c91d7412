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
    private readonly (double PeakRate, double WeightDecay)[] _rates; // of each parameter
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
        (Parameter Parameter, double PeakRate)[] all = [.. GetPeakRates(model, settings), .. others];
        _parameters = [.. all.Select(pair => pair.Parameter)];
        // Only matrices decay. Small norms, biases and tables do not make a model simpler.
        _rates = [.. all.Select(pair => (pair.PeakRate, pair.Parameter.dim() > 1 ? settings.WeightDecay : 0))];
        _optimizer = new(_parameters);
    }

    /// <summary>Clears the gradients.</summary>
    public void ClearGradients() => _optimizer.ClearGradients();

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
        _optimizer.Step([.. _rates.Select(rate => (rate.PeakRate * factor, rate.WeightDecay))]);
        return (norm, factor * _rates.Max(rate => rate.PeakRate));
    }

    /// <summary>Writes the optimizer's moments to a file.</summary>
    public void Save(string path) => _optimizer.Save(path);

    /// <summary>Reads the moments of an optimizer over the same parameters.</summary>
    public void Load(string path) => _optimizer.Load(path);

    /// <inheritdoc/>
    public void Dispose() => _optimizer.Dispose();

    private static IEnumerable<(Parameter Parameter, double PeakRate)> GetPeakRates(
        LanguageModel model, OptimizerSettings settings) =>
        model.named_parameters().Where(pair => pair.parameter.requires_grad)
            .Select(pair => (pair.parameter, GetPeakRate(pair.name, model.Config.Names, settings)));

    private static double GetPeakRate(string parameter, ModuleNames names, OptimizerSettings settings)
    {
        var headRate = settings.HeadLearningRate ?? settings.EmbeddingLearningRate;
        return names.IsInLayer(parameter) ? settings.LayerLearningRate
            : names.IsInInput(parameter) ? settings.EmbeddingLearningRate
            : parameter == names.HeadBias ? settings.HeadBiasLearningRate ?? headRate
            : headRate;
    }
}
