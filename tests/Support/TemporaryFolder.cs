using System.IO.Compression;
using System.Text;

namespace LuceneLsr.TestSupport;

/// <summary>A temporary directory that is deleted with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("lucene-lsr-").FullName;

    /// <summary>Gets the path of a file in the directory. The file need not exist.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a text file and returns its path.</summary>
    public string Write(string name, string content)
    {
        System.IO.File.WriteAllText(Prepare(name), content);
        return File(name);
    }

    /// <summary>Writes a binary file and returns its path.</summary>
    public string Write(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(Prepare(name), content);
        return File(name);
    }

    /// <summary>Writes a text file of lines and returns its path.</summary>
    public string WriteLines(string name, params string[] lines)
    {
        System.IO.File.WriteAllLines(Prepare(name), lines);
        return File(name);
    }

    /// <summary>Writes a gzip-compressed text file and returns its path.</summary>
    public string WriteGzip(string name, string content)
    {
        using var gzip = new GZipStream(System.IO.File.Create(Prepare(name)), CompressionLevel.Fastest);
        gzip.Write(Encoding.UTF8.GetBytes(content));
        return File(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string Prepare(string name)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        return File(name);
    }
}
