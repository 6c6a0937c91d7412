using LuceneLsr.Torch.Checkpoints;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>What the program brings along: a checkpoint, a collection, and a place for its index.</summary>
internal static class BuiltIn
{
    public static string Checkpoint { get; } = Path.Combine(AppContext.BaseDirectory, "Checkpoints", "english");

    public static string Collection { get; } = Path.Combine(AppContext.BaseDirectory, "Collections", "debian-packages");

    /// <summary>
    /// Where the built-in collection's index lies: in the user's own cache folder, so that a program installed
    /// read-only works too, under a name that changes with checkpoint, precision and collection, so that it is never out
    /// of date.
    /// </summary>
    public static string IndexFor(string checkpoint, Precision precision)
    {
        var caches = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        var version = CheckpointFingerprint.Of(checkpoint, Path.Combine(Collection, "corpus.jsonl"));
        return Path.Combine(caches, "LuceneLsr", $"debian-packages-{version}-{precision}");
    }
}
