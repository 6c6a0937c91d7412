using LuceneLsr.Tokenization.Encoders;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>Identifies a checkpoint by the content of the files that an encoder reads.</summary>
public static class CheckpointFingerprint
{
    /// <summary>
    /// Computes the fingerprint of a checkpoint directory and of additional files: 12 hexadecimal digits.
    /// </summary>
    public static string Compute(string checkpoint, params IEnumerable<string> additionalFiles) =>
        FileFingerprint.Compute(CheckpointFiles.Enumerate(checkpoint).Concat(additionalFiles));
}
