using LuceneLsr.Torch.Checkpoints;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>The checkpoint and the collection of the program, and the location of their index.</summary>
internal static class BuiltIn
{
    public static string Checkpoint { get; } = Path.Combine(AppContext.BaseDirectory, "Checkpoints", "english");

    public static string Collection { get; } = Path.Combine(AppContext.BaseDirectory, "Collections", "debian-packages");

    /// <summary>
    /// Gets the directory of the built-in collection's index. It is in the user's cache folder, because the program may
    /// be installed read-only, and its name depends on checkpoint, variant and collection, so that it is never stale.
    /// </summary>
    /// <param name="checkpoint">The directory of the checkpoint.</param>
    /// <param name="variant">What else vectors depend on.</param>
    public static string GetIndexDirectory(string checkpoint, string variant)
    {
        var caches = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        var version = CheckpointFingerprint.Compute(checkpoint, Path.Combine(Collection, "corpus.jsonl"));
        return Path.Combine(caches, "LuceneLsr", $"debian-packages-{version}-{variant}");
    }
}
