using System.IO.Compression;

namespace LuceneLsr.Evaluation.Tests;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("lucene-lsr-").FullName;

    public string Write(string name, params string[] lines)
    {
        var path = Prepare(name);
        File.WriteAllLines(path, lines);
        return path;
    }

    public string WriteCompressed(string name, params string[] lines)
    {
        var path = Prepare(name);
        using var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest));
        foreach (var line in lines)
        {
            writer.WriteLine(line);
        }

        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string Prepare(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }
}
