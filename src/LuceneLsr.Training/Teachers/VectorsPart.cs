using System.Buffers.Binary;
using System.Text.Json;
using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Weights;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Teachers;

/// <summary>
/// One file of a teacher's vectors: a safetensors file with the tensors "keys" (U8, [texts, 16], see
/// <see cref="TextKey"/>) and "vectors" (F16, [texts, dimension]), whose metadata has the settings of the teacher as
/// JSON under "teacher" and those of the run under "run".
/// </summary>
/// <param name="Teacher">The encoder.</param>
/// <param name="Run">The run whose texts were encoded.</param>
/// <param name="Keys">The keys of the texts.</param>
/// <param name="Vectors">The vectors, row by row.</param>
internal sealed record VectorsPart(TeacherSettings Teacher, TaughtRun Run, UInt128[] Keys, Half[] Vectors)
{
    /// <summary>The extension of file names.</summary>
    public const string Extension = ".safetensors";

    private const string KeysName = "keys", VectorsName = "vectors", TeacherName = "teacher", RunName = "run";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Gets the number of components of a vector.</summary>
    public int Dimension => Vectors.Length / Keys.Length;

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
            throw new InvalidDataException(
                $"{path}: corrupt, or no vectors of a teacher: {exception.Message} Delete the file, and run lsr-train "
                + "teach again.", exception);
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
                (VectorsName, tensor(Vectors, [Keys.Length, Dimension])),
            ],
            (TeacherName, JsonSerializer.Serialize(Teacher, Json)), (RunName, JsonSerializer.Serialize(Run, Json)));
    }

    private static VectorsPart Read(SafetensorsFile file)
    {
        using var scope = NewDisposeScope();
        Tensor keys = file.Read(KeysName), vectors = file.Read(VectorsName);
        return keys is { dtype: ScalarType.Byte, shape: [> 0 and var texts, TextKey.Length] }
            && vectors is { dtype: ScalarType.Float16, shape: [var rows, > 0] } && rows == texts
            ? new(
                ReadMetadata<TeacherSettings>(file, TeacherName), ReadMetadata<TaughtRun>(file, RunName),
                ReadKeys(keys.bytes), vectors.data<Half>().ToArray())
            : throw new CheckpointException(file.Path, $"{KeysName} and {VectorsName} do not fit each other.");
    }

    private static T ReadMetadata<T>(SafetensorsFile file, string name)
        where T : class =>
        JsonSerializer.Deserialize<T>(file.Metadata[name], Json) ?? throw new JsonException($"{name} is null.");

    private static UInt128[] ReadKeys(ReadOnlySpan<byte> bytes)
    {
        var keys = new UInt128[bytes.Length / TextKey.Length];
        for (var index = 0; index < keys.Length; index++)
        {
            keys[index] = BinaryPrimitives.ReadUInt128LittleEndian(bytes[(index * TextKey.Length)..]);
        }

        return keys;
    }
}
