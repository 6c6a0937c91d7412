using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Dependencies;

namespace LuceneLsr.Architecture.Tests;

/// <summary>The types of an assembly by folder: their namespace, relative to the one that all of them share.</summary>
internal sealed class FolderMap
{
    private readonly HashSet<IType> _types;
    private readonly int _rootLength;

    /// <summary>
    /// Creates the map. Types without a namespace, such as Program, and those that Orleans generates are left out.
    /// </summary>
    public FolderMap(IEnumerable<IType> types)
    {
        _types = [.. types.Where(type => type.Namespace.FullName.Length > 0
            && !type.Namespace.FullName.StartsWith("OrleansCodeGen", StringComparison.Ordinal))];
        _rootLength = _types.Select(type => type.Namespace.FullName).Aggregate(FindCommonNamespace).Length;
    }

    /// <summary>The folders.</summary>
    public IEnumerable<string> Names => _types.Select(GetFolder).Distinct();

    /// <summary>The dependencies between types of the assembly.</summary>
    public IEnumerable<ITypeDependency> Dependencies =>
        _types.SelectMany(type => type.Dependencies).Where(dependency => _types.Contains(dependency.Target));

    /// <summary>The folder of a type, "" for the root.</summary>
    public string GetFolder(IType type) => type.Namespace.FullName[_rootLength..].TrimStart('.');

    private static string FindCommonNamespace(string left, string right) => string.Join(
        '.', left.Split('.').Zip(right.Split('.')).TakeWhile(pair => pair.First == pair.Second)
            .Select(pair => pair.First));
}
