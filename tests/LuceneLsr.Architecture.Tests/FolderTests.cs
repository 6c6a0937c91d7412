using ArchUnitNET.Domain;

namespace LuceneLsr.Architecture.Tests;

public class FolderTests
{
    public static TheoryData<string> Assemblies => [.. Subjects.Names.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Folder_of_assembly_uses_only_folders_listed_before_it(string assembly)
    {
        var folders = new FolderMap(Subjects.LoadTypes(assembly));
        var order = Arrows.Folders[assembly];
        Assert.Equal(order.Order(StringComparer.Ordinal), folders.Names.Order(StringComparer.Ordinal));
        var upward = folders.Dependencies.Where(dependency =>
            Array.IndexOf(order, folders.GetFolder(dependency.Origin))
            < Array.IndexOf(order, folders.GetFolder(dependency.Target)));
        Assert.Empty(upward.Select(arrow => $"{arrow.Origin.FullName} -> {arrow.Target.FullName}").Distinct());
    }
}
