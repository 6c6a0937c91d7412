using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Weights;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Weights;

/// <summary>
/// Reads a <c>.safetensors</c> file (https://github.com/huggingface/safetensors). The header is checked when the file
/// is opened, before any tensor is read.
/// </summary>
internal sealed class SafetensorsFile : IWeightsFile
{
    private readonly SafetensorsHeader _header;

    private SafetensorsFile(string path, SafetensorsHeader header) => (Path, _header) = (path, header);

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public ScalarType GetDtype(string name) =>
        SafetensorsDtypes.GetType(_header.Find(name).Dtype);

    /// <inheritdoc/>
    public IReadOnlyList<long> GetShape(string name) => _header.Find(name).Shape;

    /// <inheritdoc/>
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
}
