using LuceneLsr.Torch;
using static TorchSharp.torch;

namespace LuceneLsr.Training;

/// <summary>
/// Averages the weights of two models of one origin. Between a start that generalizes and a fine-tuned end, the middle
/// often does better than either outside the training data (Wortsman et al., WiSE-FT, arXiv 2109.01903).
/// </summary>
public static class WeightAverage
{
    /// <summary>Sets each weight to (1 - share) x its own + share x the other model's.</summary>
    /// <exception cref="ArgumentException">The models differ in a weight's name or shape.</exception>
    public static void MoveTowards(CausalLanguageModel model, CausalLanguageModel other, double share)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(other);
        using var ungraded = no_grad();
        var targets = other.named_parameters().ToDictionary(
            pair => pair.name, pair => pair.parameter, StringComparer.Ordinal);
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (!targets.TryGetValue(name, out var target) || !target.shape.SequenceEqual(parameter.shape))
            {
                throw new ArgumentException(
                    $"Weight '{name}' has no twin of its shape: the models have different origins.");
            }

            parameter.lerp_(target, share);
        }
    }
}
