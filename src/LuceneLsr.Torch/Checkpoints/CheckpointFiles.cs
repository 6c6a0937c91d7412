using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Layouts;
using LuceneLsr.Torch.Checkpoints.Adapters;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>
/// Lists the files that an encoder reads from a checkpoint directory, its subdirectory <c>onnx</c>, the modules of a
/// sentence-transformers model and, for an adapter, its base model.
/// </summary>
public static class CheckpointFiles
{
    /// <summary>Enumerates the paths in a fixed order.</summary>
    /// <exception cref="CheckpointException">The directory does not exist.</exception>
    public static IEnumerable<string> Enumerate(string checkpoint)
    {
        RequireDirectory(checkpoint);
        return LoraConfig.TryLoad(checkpoint) is { } adapter
            ? LayoutFiles.EnumerateTopLevel(checkpoint)
                .Concat(LayoutFiles.EnumerateTopLevel(adapter.GetBaseDirectory(checkpoint)))
            : LayoutFiles.Enumerate(checkpoint);
    }

    /// <summary>Checks that a checkpoint directory exists.</summary>
    /// <exception cref="CheckpointException">The directory does not exist.</exception>
    internal static void RequireDirectory(string checkpoint)
    {
        if (!Directory.Exists(checkpoint))
        {
            throw new CheckpointException(
                checkpoint,
                File.Exists(checkpoint)
                    ? "this is a file. Name the checkpoint directory that holds it."
                    : "the checkpoint directory does not exist.");
        }
    }

    /// <summary>
    /// Computes the total size of the weights files, in bytes. An ONNX file counts only where there is no other.
    /// </summary>
    public static long ComputeWeightBytes(string checkpoint)
    {
        var files = Enumerate(checkpoint).ToLookup(path => Path.GetExtension(path));
        IEnumerable<string> weights = files.Contains(LayoutFiles.WeightsExtension)
            ? files[LayoutFiles.WeightsExtension]
            : files[LayoutFiles.OnnxExtension].Concat(files[LayoutFiles.OnnxDataExtension]);
        return weights.Sum(path => new FileInfo(path).Length);
    }
}
