using LuceneLsr.Torch.Checkpoints.Adapters;

namespace LuceneLsr.Tools.Search;

/// <summary>The files that an encoder reads of a checkpoint directory, and of its base model's if it is an adapter.</summary>
internal static class CheckpointFiles
{
    private const string Weights = ".safetensors";

    private static readonly string[] Extensions = [".json", ".model", Weights, ".txt"];

    /// <summary>The paths, in an order that is always the same.</summary>
    public static IEnumerable<string> Of(string checkpoint)
    {
        string[] directories = LoraConfig.Find(checkpoint) is { } adapter
            ? [checkpoint, adapter.BaseDirectory(checkpoint)]
            : [checkpoint];
        return directories.SelectMany(directory => Directory.EnumerateFiles(directory)
            .Where(path => Extensions.Contains(Path.GetExtension(path))).Order(StringComparer.Ordinal));
    }

    /// <summary>Bytes of the weights.</summary>
    public static long WeightBytes(string checkpoint) => Of(checkpoint)
        .Where(path => Path.GetExtension(path) == Weights).Sum(path => new FileInfo(path).Length);
}
