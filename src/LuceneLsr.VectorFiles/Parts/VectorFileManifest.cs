using System.Security.Cryptography;
using System.Text.Json;
using LuceneLsr.Files;

namespace LuceneLsr.VectorFiles.Parts;

/// <summary>
/// What a complete shard of vectors contains and how it was made, in a JSON file next to it. It lets another machine
/// check that all shards of an input arrived and fit together.
/// </summary>
/// <param name="Shard">The shard.</param>
/// <param name="Settings">Everything else that the vectors depend on, such as checkpoint and format.</param>
/// <param name="Texts">The number of texts in the shard.</param>
/// <param name="Bytes">The length of the file.</param>
/// <param name="Sha256">The SHA-256 of the file, in lower-case hexadecimal digits.</param>
internal sealed record VectorFileManifest(
    string Shard, IReadOnlyDictionary<string, string> Settings, long Texts, long Bytes, string Sha256)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Gets the path of the manifest of a file.</summary>
    public static string GetPath(string vectors) => vectors + VectorFileNames.Manifest;

    /// <summary>Computes the SHA-256 of a file as a manifest has it.</summary>
    public static string ComputeSha256(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>Reads the manifest of a file.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is malformed.</exception>
    public static VectorFileManifest Read(string vectors)
    {
        var path = GetPath(vectors);
        try
        {
            return JsonSerializer.Deserialize<VectorFileManifest>(File.ReadAllBytes(path), Json)
                ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: malformed manifest. Encode the shard again.", error);
        }
    }

    /// <summary>Writes the manifest of a file.</summary>
    public void Write(string vectors) => AtomicFile.Write(
        GetPath(vectors), file => JsonSerializer.Serialize(file, this, Json));
}
