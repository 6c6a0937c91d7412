using System.Buffers.Binary;
using System.Text.Json;
using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Weights;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Teachers;

/// <summary>
/// One file of a teacher's vectors: a safetensors file with the tensors "keys" (U8, [texts, 16], see
/// <see cref="TextKey"/>) and "vectors" (F16, [texts, dimension], each of length 1), and with the header as JSON under
/// "teacher" in its metadata.
/// </summary>
/// <param name="Header">The header.</param>
/// <param name="Keys">The keys of the texts.</param>
/// <param name="Vectors">The vectors, row by row.</param>
internal sealed record VectorsPart(VectorsHeader Header, UInt128[] Keys, Half[] Vectors)
{
    /// <summary>The extension of file names.</summary>
    public const string Extension = ".safetensors";

    private const string KeysName = "keys", VectorsName = "vectors", HeaderName = "teacher";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The file is corrupt, or no file of vectors.</exception>
    public static VectorsPart Load(string path)
    {
        try
        {
            return Read(SafetensorsFile.Open(path));
        }
        catch (Exception exception) when (exception is CheckpointException or JsonException or KeyNotFoundException)
        {
            throw CreateError(path, exception.Message, exception);
        }
    }

    /// <summary>Writes the file atomically.</summary>
    public void Save(string path)
    {
        var keys = new byte[Keys.Length * TextKey.Length];
        foreach (var (index, key) in Keys.Index())
        {
            BinaryPrimitives.WriteUInt128LittleEndian(keys.AsSpan(index * TextKey.Length), key);
        }

        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(
            path,
            [
                (KeysName, tensor(keys, [Keys.Length, TextKey.Length])),
                (VectorsName, tensor(Vectors, [Keys.Length, Header.Dimension])),
            ],
            (HeaderName, JsonSerializer.Serialize(Header, Json)));
    }

    private static VectorsPart Read(SafetensorsFile file)
    {
        var header = JsonSerializer.Deserialize<VectorsHeader>(file.Metadata[HeaderName], Json)
            ?? throw new JsonException($"{HeaderName} is null.");
        using var scope = NewDisposeScope();
        Tensor keys = file.Read(KeysName), vectors = file.Read(VectorsName);
        return keys is { dtype: ScalarType.Byte, shape: [var texts, TextKey.Length] }
            && vectors is { dtype: ScalarType.Float16, shape: [var rows, var dimension] }
            && rows == texts && dimension == header.Dimension
            ? new(header, ReadKeys(keys.bytes), vectors.data<Half>().ToArray())
            : throw CreateError(file.Path, $"{KeysName} and {VectorsName} do not fit each other or the header");
    }

    private static UInt128[] ReadKeys(ReadOnlySpan<byte> bytes)
    {
        var keys = new UInt128[bytes.Length / TextKey.Length];
        for (var index = 0; index < keys.Length; index++)
        {
            keys[index] = BinaryPrimitives.ReadUInt128LittleEndian(bytes[(index * TextKey.Length)..]);
        }

        return keys;
    }

    private static InvalidDataException CreateError(string path, string problem, Exception? cause = null) =>
        new($"{path}: corrupt, or no vectors of a teacher: {problem} Delete the file and write it again.", cause);
}
