using System.Reflection;
using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Evaluation.Tests.Support;

/// <summary>Collections next to the repository, which exist on some machines only.</summary>
internal static class SharedData
{
    // Set by the build, because the tests may run from an output folder outside the repository.
    private static readonly string Root = typeof(SharedData).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == nameof(SharedData))
        .Value!;

    /// <summary>Loads a collection, or skips the test if it is absent.</summary>
    public static BeirCollection Load(string name, string split)
    {
        var directory = Path.Combine(Root, name);
        Assert.SkipUnless(Directory.Exists(directory), $"The collection '{directory}' does not exist.");
        return BeirCollection.Load(directory, split);
    }
}
