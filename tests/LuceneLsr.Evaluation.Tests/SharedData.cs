using System.Reflection;
using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Evaluation.Tests;

/// <summary>The collections that lie beside the repository on some machines.</summary>
internal static class SharedData
{
    // Written by the build: the tests may run from an output folder outside the repository.
    private static readonly string Root = typeof(SharedData).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == nameof(SharedData))
        .Value!;

    /// <summary>Loads a collection, or skips the test where it is absent.</summary>
    public static BeirCollection Load(string name, string split)
    {
        var directory = Path.Combine(Root, name);
        Assert.SkipUnless(Directory.Exists(directory), $"The collection '{directory}' is not on this machine.");
        return BeirCollection.Load(directory, split);
    }
}
