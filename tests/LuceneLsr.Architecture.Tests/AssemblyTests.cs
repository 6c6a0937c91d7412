using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LuceneLsr.Architecture.Tests;

public class AssemblyTests
{
    public static TheoryData<string> Libraries => [.. Arrows.Libraries.Keys];

    [Fact]
    public void Every_library_under_src_has_stated_arrows() => Assert.Equal(
        Subjects.Libraries.Order(StringComparer.Ordinal), Arrows.Libraries.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Library_references_only_libraries_that_its_arrows_allow(string library) =>
        Assert.Empty(ReadReferences(library).Intersect(Subjects.Names).Except(Arrows.Libraries[library]));

    [Fact]
    public void Core_references_only_the_framework() => Assert.Empty(ReadExternalReferences("LuceneLsr.Core"));

    [Fact]
    public void Vector_files_reference_only_core_and_the_framework() =>
        Assert.Equal(["LuceneLsr.Core"], ReadExternalReferences("LuceneLsr.VectorFiles"));

    [Fact]
    public void Plugin_references_only_core_lucene_and_the_framework() => Assert.All(
        ReadExternalReferences("LuceneLsr"),
        name => Assert.True(
            name is "LuceneLsr.Core" or "Lucene.Net" or "J2N"
            || name.StartsWith("Lucene.Net.", StringComparison.Ordinal),
            name));

    private static IEnumerable<string> ReadExternalReferences(string library) =>
        ReadReferences(library).Where(name => !name.StartsWith("System.", StringComparison.Ordinal));

    private static List<string> ReadReferences(string library)
    {
        using var file = new PEReader(File.OpenRead(Subjects.GetPath(library)));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
