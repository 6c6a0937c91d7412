using LuceneLsr.Torch.Checkpoints.Adapters;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Support;

/// <summary>Factors of low rank beside two projections of each layer, random as if they were trained.</summary>
internal static class TrainedLora
{
    public const int Rank = 3;
    public const double Alpha = 12; // a factor of 4

    public static IReadOnlyCollection<string> Targets { get; } = ["q_proj", "down_proj"];

    /// <summary>As <see cref="LoraAdapter"/> describes them, for a directory within that of the base model.</summary>
    public static LoraConfig Config { get; } = new() { Rank = Rank, Alpha = Alpha, BaseModel = ".." };

    public static void AddTrainedLora(this CausalLanguageModel model, double dropout = 0)
    {
        model.AddLora(Rank, Alpha, dropout, Targets);
        using var ungraded = no_grad();
        using var generator = new Generator(33);
        foreach (var (_, factors) in model.LoraFactors())
        {
            factors.B.normal_(0, 0.2, generator);
        }
    }
}
