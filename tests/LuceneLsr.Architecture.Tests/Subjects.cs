using System.Reflection;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace LuceneLsr.Architecture.Tests;

/// <summary>The assemblies under test: all of src and tools, where their own builds put them.</summary>
internal static class Subjects
{
    private const string LibraryPrefix = "library:";

    private static readonly Dictionary<string, string> Paths = Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(attribute => attribute.Value?.EndsWith(".dll", StringComparison.Ordinal) == true)
        .ToDictionary(attribute => attribute.Key, attribute => attribute.Value!, StringComparer.Ordinal);

    /// <summary>The names of all assemblies.</summary>
    public static IEnumerable<string> Names => Paths.Keys.Select(GetName);

    /// <summary>The names of the assemblies under src.</summary>
    public static IEnumerable<string> Libraries =>
        Paths.Keys.Where(key => key.StartsWith(LibraryPrefix, StringComparison.Ordinal)).Select(GetName);

    /// <summary>Gets the path of an assembly.</summary>
    public static string GetPath(string assembly) => Paths.Single(path => GetName(path.Key) == assembly).Value;

    /// <summary>Reads the types that an assembly defines, with their dependencies.</summary>
    public static IEnumerable<IType> LoadTypes(string assembly)
    {
        var path = GetPath(assembly);
        return new ArchLoader().LoadFilteredDirectory(Path.GetDirectoryName(path)!, Path.GetFileName(path)).Build()
            .Types.Where(type => type.Assembly.Name == assembly);
    }

    private static string GetName(string key) => key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
