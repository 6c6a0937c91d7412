using LuceneLsr.Torch.Checkpoints.Adapters;
using LuceneLsr.Torch.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.TorchTestSupport;

/// <summary>LoRA updates of two projections per layer with random factors, as if they had been trained.</summary>
internal static class TrainedLora
{
    public const int Rank = 3;
    public const double Alpha = 12; // scale 4

    public static IReadOnlyCollection<string> Targets { get; } = ["q_proj", "down_proj"];

    /// <summary>The configuration of an adapter in a subdirectory of the base model's directory.</summary>
    public static LoraConfig Config { get; } = new() { Rank = Rank, Alpha = Alpha, BaseModel = ".." };

    public static void AddTrainedLora(this LanguageModel model, double dropout = 0) =>
        model.AddTrainedLora(Targets, dropout);

    public static void AddTrainedLora(
        this LanguageModel model, IReadOnlyCollection<string> targets, double dropout = 0)
    {
        model.AddLora(Rank, Alpha, dropout, targets);
        using var noGrad = no_grad();
        using var generator = new Generator(33);
        foreach (var (_, factors) in model.GetLoraFactors())
        {
            var bound = 1 / Math.Sqrt(factors.A.shape[1]); // as at the start of training, but always the same
            factors.A.uniform_(-bound, bound, generator);
            factors.B.normal_(0, 0.2, generator);
        }
    }
}
