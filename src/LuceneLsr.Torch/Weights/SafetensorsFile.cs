using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Weights;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Weights;

/// <summary>
/// Reads a <c>.safetensors</c> file (https://github.com/huggingface/safetensors). The header is checked when the file
/// is opened, before any tensor is read.
/// </summary>
internal sealed class SafetensorsFile
{
    private readonly SafetensorsHeader _header;

    private SafetensorsFile(string path, SafetensorsHeader header) => (Path, _header) = (path, header);

    /// <summary>Gets the path of the file.</summary>
    public string Path { get; }

    /// <summary>Gets the names of the tensors.</summary>
    public IReadOnlyCollection<string> Names => _header.Names;

    /// <summary>Gets the texts that describe the tensors, by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="CheckpointException">The file does not exist or is corrupt.</exception>
    public static SafetensorsFile Open(string path)
    {
        CheckpointFile.RequireExists(path, "A checkpoint directory holds its weights in model.safetensors.");
        using var handle = File.OpenHandle(path);
        return new SafetensorsFile(path, SafetensorsHeader.Read(handle, path));
    }

    /// <summary>Gets the dtype of a stored tensor.</summary>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    public ScalarType GetDtype(string name) =>
        SafetensorsDtypes.GetType(_header.Find(name).Dtype);

    /// <summary>Gets the shape of a tensor.</summary>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    public IReadOnlyList<long> GetShape(string name) => _header.Find(name).Shape;

    /// <summary>Reads a tensor in its stored dtype.</summary>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    public Tensor Read(string name)
    {
        var entry = _header.Find(name);
        var tensor = empty(entry.Shape, SafetensorsDtypes.GetType(entry.Dtype));
        using var handle = File.OpenHandle(Path);
        try
        {
            if (entry.Length > 0)
            {
                _header.ReadData(handle, name, tensor.bytes);
            }

            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>Reads a tensor after checking its shape.</summary>
    /// <exception cref="CheckpointException">There is no such tensor, or its shape differs.</exception>
    public Tensor Read(string name, long[] shape) =>
        _header.Find(name).Shape is var actual && actual.SequenceEqual(shape)
            ? Read(name)
            : throw new CheckpointException(Path,
                $"tensor '{name}': its shape is [{string.Join(", ", actual)}], but config.json requires "
                + $"[{string.Join(", ", shape)}].");
}
