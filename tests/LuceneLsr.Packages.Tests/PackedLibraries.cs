using System.Reflection;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Packages.Tests;

/// <summary>The packages of all libraries, in a folder.</summary>
public sealed class PackedLibraries : IDisposable
{
    private static readonly Dictionary<string, string> Metadata = Assembly.GetExecutingAssembly()
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .ToDictionary(attribute => attribute.Key, attribute => attribute.Value!);

    private readonly TemporaryFolder _folder = new();

    public PackedLibraries()
    {
        foreach (var project in Metadata.Values.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal)))
        {
            DotNet.Run(
                _folder.Path, "pack", project, "-c", Metadata["Configuration"], "--no-build", "-o", _folder.Path);
        }
    }

    /// <summary>Gets the names of the libraries.</summary>
    public static IEnumerable<string> Names => Metadata
        .Where(entry => entry.Value.EndsWith(".csproj", StringComparison.Ordinal)).Select(entry => entry.Key);

    /// <summary>Gets the folder.</summary>
    public string Folder => _folder.Path;

    /// <summary>Gets the only file of a library with an extension.</summary>
    public string GetFile(string library, string extension) => Assert.Single(
        Directory.GetFiles(Folder, $"{library}.0*{extension}")); // the version follows the name

    public void Dispose() => _folder.Dispose();
}
