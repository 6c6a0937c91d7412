namespace LuceneLsr.Tools.Search;

/// <summary>What the program brings along: a checkpoint, a collection, and a place for that collection's index.</summary>
internal static class BuiltIn
{
    public static string Checkpoint { get; } = Path.Combine(AppContext.BaseDirectory, "Checkpoints", "english");

    public static string Collection { get; } = Path.Combine(AppContext.BaseDirectory, "Collections", "debian-packages");

    /// <summary>The user's own cache folder, so that a program installed read-only works too.</summary>
    public static string Index { get; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
        "LuceneLsr", "debian-packages");
}
