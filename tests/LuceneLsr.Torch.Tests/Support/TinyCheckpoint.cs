using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Tests.Reference;

namespace LuceneLsr.Torch.Tests.Support;

/// <summary>Writes checkpoint directories, their weights with an independent writer.</summary>
internal static class TinyCheckpoint
{
    public static LsrSettings Settings { get; } = new() { MaxTokens = new(20, 40), MaxTerms = new(1000, 1000) };

    /// <summary>Writes all files. Without terms, each token is its own term.</summary>
    public static void Write(
        TemporaryFolder folder,
        ModelConfig config,
        ReferenceWeights weights,
        LsrSettings settings,
        IEnumerable<string?>? terms = null)
    {
        config.Save(folder.Path);
        folder.Write(Checkpoint.WeightsFileName, ReferenceSafetensors.CreateBytes(weights));
        TinyTermSpace.Write(folder, settings, terms);
    }
}
