using System.Buffers;
using System.Text.Json;
using LuceneLsr.Tokenization;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Weights;

/// <summary>
/// The tensors of a checkpoint directory, in <c>model.safetensors</c>, in shards that the <c>weight_map</c> of
/// <c>model.safetensors.index.json</c> lists or, if there is neither, in a <c>model.onnx</c> of this library.
/// </summary>
internal sealed class WeightFiles
{
    public const string FileName = "model.safetensors";

    private const string IndexFileName = FileName + ".index.json";

    private static readonly SearchValues<char> InvalidCharacters =
        SearchValues.Create(Path.GetInvalidFileNameChars());

    private readonly Dictionary<string, (IWeightsFile File, string StoredName)> _tensors =
        new(StringComparer.Ordinal);

    private WeightFiles(string path, Dictionary<string, IWeightsFile> files, Func<string, string> rename)
    {
        ListPath = path;
        foreach (var (storedName, file) in files)
        {
            if (!_tensors.TryAdd(rename(storedName), (file, storedName)))
            {
                throw new CheckpointException(file.Path,
                    $"tensors '{storedName}' and '{_tensors[rename(storedName)].StoredName}' are the same weights. "
                    + "Remove one.");
            }
        }
    }

    /// <summary>Gets the path of the file that lists the tensors.</summary>
    public string ListPath { get; }

    /// <summary>Gets the names of the tensors in the model.</summary>
    public IReadOnlyCollection<string> Names => _tensors.Keys;

    /// <summary>Returns whether a directory has weights files.</summary>
    public static bool ExistIn(string directory) => new[] { FileName, IndexFileName, OnnxFile.FileName }
        .Any(name => File.Exists(Path.Combine(directory, name)));

    /// <summary>Opens the files of a directory and checks their headers.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="rename">Returns the model's name of a stored tensor. Default: names are the same.</param>
    /// <exception cref="CheckpointException">
    /// A file is missing or corrupt, the index does not match the shards, or there are weights beside them.
    /// </exception>
    public static WeightFiles Open(string directory, Func<string, string>? rename = null)
    {
        rename ??= name => name;
        var index = Path.Combine(directory, IndexFileName);
        if (File.Exists(index))
        {
            return new(index, OpenShards(directory, index), rename);
        }

        string path = Path.Combine(directory, FileName), onnx = Path.Combine(directory, OnnxFile.FileName);
        IWeightsFile file = File.Exists(path) || !File.Exists(onnx) ? SafetensorsFile.Open(path) : OnnxFile.Open(onnx);
        return new(file.Path, file.Names.ToDictionary(name => name, _ => file, StringComparer.Ordinal), rename);
    }

    /// <summary>Returns whether there is a tensor of this name.</summary>
    public bool Contains(string name) => _tensors.ContainsKey(name);

    /// <summary>Gets the dtype of a stored tensor.</summary>
    public ScalarType GetDtype(string name)
    {
        var (file, storedName) = Find(name);
        return file.GetDtype(storedName);
    }

    /// <summary>Gets the shape of a tensor.</summary>
    public long[] GetShape(string name)
    {
        var (file, storedName) = Find(name);
        return [.. file.GetShape(storedName)];
    }

    /// <summary>Gets the path of the file that holds a tensor.</summary>
    public string GetPath(string name) => Find(name).File.Path;

    /// <summary>Reads a tensor after checking its shape. All of its values are finite.</summary>
    /// <exception cref="CheckpointException">
    /// There is no such tensor, its shape differs, or it has values that are not finite.
    /// </exception>
    public Tensor Read(string name, long[] shape)
    {
        var (file, storedName) = Find(name);
        if (file.GetShape(storedName) is var actual && !actual.SequenceEqual(shape))
        {
            throw new CheckpointException(file.Path,
                $"tensor '{storedName}': its shape is [{string.Join(", ", actual)}], but config.json requires "
                + $"[{string.Join(", ", shape)}].");
        }

        var tensor = file.Read(storedName);
        if (IsFinite(tensor))
        {
            return tensor;
        }

        tensor.Dispose();
        throw new CheckpointException(file.Path,
            $"tensor '{storedName}' has values that are not finite (NaN or infinity). The file is damaged, or training "
            + "diverged: use an earlier checkpoint.");
    }

    private static bool IsFinite(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.isfinite().all().item<bool>();
    }

    private static Dictionary<string, IWeightsFile> OpenShards(string directory, string index)
    {
        var shards = new Dictionary<string, SafetensorsFile>(StringComparer.Ordinal);
        var files = new Dictionary<string, IWeightsFile>(StringComparer.Ordinal);
        foreach (var (name, shard) in ReadIndex(index))
        {
            if (shard is null || shard.Length == 0 || shard.AsSpan().ContainsAny(InvalidCharacters))
            {
                throw new CheckpointException(index, $"tensor '{name}' is in '{shard}', which is not a file name.");
            }

            var file = shards.TryGetValue(shard, out var open)
                ? open
                : shards[shard] = SafetensorsFile.Open(Path.Combine(directory, shard));
            files[name] = file.Names.Contains(name)
                ? file
                : throw new CheckpointException(index, $"tensor '{name}' is not in '{shard}'.");
        }

        if (!shards.ContainsKey(FileName) && File.Exists(Path.Combine(directory, FileName)))
        {
            throw new CheckpointException(index,
                $"{FileName} exists too and is none of its shards, so it is unclear which weights count. Delete one.");
        }

        foreach (var file in shards.Values)
        {
            if (file.Names.FirstOrDefault(name => files.GetValueOrDefault(name) != file) is { } unlisted)
            {
                throw new CheckpointException(file.Path, $"tensor '{unlisted}' is not in {IndexFileName}.");
            }
        }

        return files;
    }

    private static Dictionary<string, string?> ReadIndex(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.GetProperty("weight_map").Deserialize<Dictionary<string, string?>>()!;
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new CheckpointException(
                path, $"not an index of shards (an object with a \"weight_map\"): {exception.Message}", exception);
        }
    }

    private (IWeightsFile File, string StoredName) Find(string name) => _tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw new CheckpointException(
            ListPath, $"tensor '{name}' is missing. The weights do not belong to this config.json.");
}
