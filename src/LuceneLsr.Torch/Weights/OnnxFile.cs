using Google.Protobuf;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Weights;
using Onnx;
using static Onnx.TensorProto.Types;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Weights;

/// <summary>
/// Reads the weights in a <c>model.onnx</c> that this library exported. Its initializers have the names, shapes and
/// dtypes of the tensors in a safetensors file.
/// </summary>
internal sealed class OnnxFile : IWeightsFile
{
    public const string FileName = "model.onnx";

    /// <summary>The name of this library in the files that it exports.</summary>
    public const string Producer = "LuceneLsr";

    // Other initializers, such as integers of 64 bits and scalars, are constants of the graph.
    private static readonly Dictionary<DataType, ScalarType> Types = new()
    {
        [DataType.Float] = ScalarType.Float32,
        [DataType.Float16] = ScalarType.Float16,
        [DataType.Int8] = ScalarType.Int8,
        [DataType.Uint8] = ScalarType.Byte,
    };

    private readonly Dictionary<string, TensorProto> _tensors;

    private OnnxFile(string path, IEnumerable<TensorProto> tensors) =>
        (Path, _tensors) = (path, tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal));

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => _tensors.Keys;

    /// <summary>Reads a file.</summary>
    /// <exception cref="CheckpointException">
    /// The file is no ONNX model of this library, its weights are in a second file, or a name is a duplicate.
    /// </exception>
    public static OnnxFile Open(string path)
    {
        OnnxChecksum.Verify(path);
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new CheckpointException(path, $"not an ONNX model, or truncated: {exception.Message}", exception);
        }

        if (model.ProducerName != Producer)
        {
            throw new CheckpointException(path,
                "another program exported this model, so only ONNX Runtime runs it. TorchSharp needs the model's "
                + "weights as model.safetensors.");
        }

        TensorProto[] weights = [.. (model.Graph?.Initializer ?? []).Where(tensor =>
            tensor.Dims.Count > 0 && Types.ContainsKey((DataType)tensor.DataType))];
        if (weights.FirstOrDefault(tensor => tensor.DataLocation == DataLocation.External) is { } external)
        {
            throw new CheckpointException(path,
                $"tensor '{external.Name}' is in another file, which only ONNX Runtime reads. Use the checkpoint that "
                + "the model was exported from.");
        }

        return weights.CountBy(tensor => tensor.Name, StringComparer.Ordinal)
                .FirstOrDefault(count => count.Value > 1) is { Key: { } duplicate }
            ? throw new CheckpointException(path, $"duplicate tensor '{duplicate}'. The file is damaged.")
            : new(path, weights);
    }

    /// <inheritdoc/>
    public ScalarType GetDtype(string name) => Types[(DataType)Find(name).DataType];

    /// <inheritdoc/>
    public IReadOnlyList<long> GetShape(string name) => Find(name).Dims;

    /// <inheritdoc/>
    public Tensor Read(string name)
    {
        var stored = Find(name);
        var tensor = empty([.. stored.Dims], GetDtype(name));
        if (tensor.bytes.Length == stored.RawData.Length)
        {
            stored.RawData.Span.CopyTo(tensor.bytes);
            return tensor;
        }

        tensor.Dispose();
        throw new CheckpointException(Path,
            $"tensor '{name}' has {stored.RawData.Length:N0} bytes, which does not match its shape.");
    }

    private TensorProto Find(string name) => _tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw new CheckpointException(Path, $"tensor '{name}' is missing.");
}
