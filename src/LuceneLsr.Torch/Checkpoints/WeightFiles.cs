using System.Text.Json;
using LuceneLsr.Tokenization;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>
/// A checkpoint directory's tensors: in <c>model.safetensors</c>, or in the files that
/// <c>model.safetensors.index.json</c> names for each of them (<c>weight_map</c>).
/// </summary>
internal sealed class WeightFiles
{
    public const string FileName = "model.safetensors";

    private const string IndexFileName = FileName + ".index.json";

    private readonly string _path; // of what lists the tensors
    private readonly Dictionary<string, SafetensorsFile> _fileOf;

    private WeightFiles(string path, Dictionary<string, SafetensorsFile> fileOf) => (_path, _fileOf) = (path, fileOf);

    public IReadOnlyCollection<string> Names => _fileOf.Keys;

    /// <summary>Opens a directory's files and checks their headers.</summary>
    /// <exception cref="CheckpointException">
    /// A file is missing or damaged, or the index does not fit its files.
    /// </exception>
    public static WeightFiles Open(string directory)
    {
        var index = Path.Combine(directory, IndexFileName);
        if (File.Exists(index))
        {
            return new(index, OpenShards(directory, index));
        }

        var file = SafetensorsFile.Open(Path.Combine(directory, FileName));
        return new(file.Path, file.Names.ToDictionary(name => name, _ => file, StringComparer.Ordinal));
    }

    /// <summary>The dtype in which a tensor is stored.</summary>
    public ScalarType Type(string name) => Of(name).Type(name);

    /// <summary>Reads a tensor that a model expects in a shape, which is checked first.</summary>
    public Tensor Read(string name, long[] shape) => Of(name).Read(name, shape);

    /// <summary>The file that holds a tensor.</summary>
    public string PathOf(string name) => Of(name).Path;

    private static Dictionary<string, SafetensorsFile> OpenShards(string directory, string index)
    {
        var shards = new Dictionary<string, SafetensorsFile>(StringComparer.Ordinal);
        var fileOf = new Dictionary<string, SafetensorsFile>(StringComparer.Ordinal);
        foreach (var (name, shard) in ReadIndex(index))
        {
            if (shard != Path.GetFileName(shard))
            {
                throw new CheckpointException(index, $"tensor '{name}' is in '{shard}', which is no file's name.");
            }

            var file = shards.TryGetValue(shard, out var open)
                ? open
                : shards[shard] = SafetensorsFile.Open(Path.Combine(directory, shard));
            fileOf[name] = file.Names.Contains(name)
                ? file
                : throw new CheckpointException(index, $"tensor '{name}' is not in '{shard}'.");
        }

        foreach (var file in shards.Values)
        {
            if (file.Names.FirstOrDefault(name => fileOf.GetValueOrDefault(name) != file) is { } stranger)
            {
                throw new CheckpointException(file.Path, $"tensor '{stranger}' is not in {IndexFileName}.");
            }
        }

        return fileOf;
    }

    private static Dictionary<string, string> ReadIndex(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.GetProperty("weight_map").Deserialize<Dictionary<string, string>>()!;
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new CheckpointException(
                path, $"is no index of shards, an object with a \"weight_map\": {exception.Message}", exception);
        }
    }

    private SafetensorsFile Of(string name) => _fileOf.TryGetValue(name, out var file)
        ? file
        : throw new CheckpointException(
            _path, $"tensor '{name}' is missing; the weights do not belong to this config.json.");
}
