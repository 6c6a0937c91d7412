using System.Reflection;

namespace LuceneLsr.TestSupport;

/// <summary>Pretrained models next to the repository, which exist on some machines only.</summary>
public static class SharedModels
{
    // Set by the build, because the tests may run from an output folder outside the repository.
    private static readonly string Root = typeof(SharedModels).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == nameof(SharedModels))
        .Value!;

    /// <summary>
    /// Gets the directory of all-MiniLM-L6-v2 (BERT, 6 layers, 384 dimensions) in Hugging Face's layout.
    /// </summary>
    public static string MiniLm => Path.Combine(Root, "minilm-l6");

    /// <summary>Gets why a test of <see cref="MiniLm"/> is skipped.</summary>
    public static string MiniLmIsMissing => $"The model '{MiniLm}' does not exist.";
}
