using System.Security.Cryptography;
using System.Text;

namespace LuceneLsr.Training.Teachers;

/// <summary>Identifies a model by the names and contents of all files of its directory.</summary>
public static class DirectoryFingerprint
{
    private const int Length = 12;

    /// <summary>Computes the fingerprint: 12 hexadecimal digits.</summary>
    /// <exception cref="DirectoryNotFoundException">The directory does not exist.</exception>
    public static string Compute(string directory)
    {
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Select(path => (Name: Path.GetRelativePath(directory, path).Replace('\\', '/'), Path: path))
            .OrderBy(file => file.Name, StringComparer.Ordinal);
        foreach (var (name, path) in files)
        {
            using var file = File.OpenRead(path);
            content.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
            content.AppendData(SHA256.HashData(file));
        }

        return Convert.ToHexStringLower(content.GetHashAndReset())[..Length];
    }
}
