using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Tests.Reference;

namespace LuceneLsr.Torch.Tests.Support;

/// <summary>Writes checkpoint directories, their weights as another program would.</summary>
internal static class TinyCheckpoint
{
    public static LsrSettings Settings { get; } = new() { MaxTokens = new(20, 40), MaxTerms = new(1000, 1000) };

    /// <summary>A directory of all its files; without terms each token is a row.</summary>
    public static void Write(
        TemporaryFolder folder,
        DecoderConfig config,
        ReferenceWeights weights,
        LsrSettings settings,
        IEnumerable<string?>? terms = null)
    {
        config.Save(folder.Path);
        folder.Write(Checkpoint.WeightsFileName, ForeignSafetensors.Bytes(weights));
        TinyTermSpace.Write(folder, settings, terms);
    }
}
