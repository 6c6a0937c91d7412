using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Weights;
using Microsoft.ML.OnnxRuntime;

namespace LuceneLsr.Onnx.Sessions;

/// <summary>A model file that ONNX Runtime runs. Thread-safe.</summary>
internal sealed class OnnxModel : IDisposable
{
    /// <summary>The file name in a model directory or in its subdirectory <c>onnx</c>.</summary>
    public const string FileName = "model.onnx";

    private readonly InferenceSession _session;

    private OnnxModel(string path, InferenceSession session) => (Path, _session) = (path, session);

    /// <summary>Gets the path of the file.</summary>
    public string Path { get; }

    /// <summary>Gets the names of the outputs.</summary>
    public IReadOnlyCollection<string> Outputs => _session.OutputNames;

    /// <summary>Finds the model file of a directory, or returns null if there is none.</summary>
    public static string? TryFindPath(string directory) => GetPaths(directory).FirstOrDefault(File.Exists);

    /// <summary>Opens the model file of a directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="threads">The number of threads that work on one batch. 0 means one per core.</param>
    /// <exception cref="CheckpointException">There is none, it is damaged, or ONNX Runtime cannot load it.</exception>
    public static OnnxModel Open(string directory, int threads)
    {
        var path = TryFindPath(directory) ?? throw new CheckpointException(GetPaths(directory)[0],
            "file not found, nor is there one in the subdirectory onnx. Export the model to ONNX.");
        OnnxChecksum.Verify(path);
        Telemetry.TurnOff();
        using var session = new SessionOptions
        {
            IntraOpNumThreads = threads,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        try
        {
            return new OnnxModel(path, new InferenceSession(path, session));
        }
        catch (OnnxRuntimeException exception)
        {
            throw new CheckpointException(
                path, $"ONNX Runtime cannot load this model: {exception.Message}", exception);
        }
    }

    /// <summary>Checks that the model has these inputs and no others.</summary>
    /// <param name="required">The inputs that it must have.</param>
    /// <param name="optional">The inputs that it may have.</param>
    /// <exception cref="CheckpointException">An input is missing, unknown, or has another type or shape.</exception>
    public void RequireInputs(IReadOnlyList<TensorShape> required, IReadOnlyList<TensorShape> optional)
    {
        foreach (var input in required)
        {
            Require(_session.InputMetadata, "input", input);
        }

        foreach (var input in optional.Where(input => HasInput(input.Name)))
        {
            Require(_session.InputMetadata, "input", input);
        }

        if (_session.InputNames.FirstOrDefault(name => !required.Concat(optional).Any(input => input.Name == name))
            is { } unknown)
        {
            throw new CheckpointException(Path,
                $"input '{unknown}' is not supported. Supported: "
                + $"{string.Join(", ", required.Concat(optional).Select(input => input.Name))}.");
        }
    }

    /// <summary>Returns whether the model has an input of this name.</summary>
    public bool HasInput(string name) => _session.InputMetadata.ContainsKey(name);

    /// <summary>Checks that the model has an output, and returns its last dimension, or null if that varies.</summary>
    /// <exception cref="CheckpointException">The output is missing, or has another type or shape.</exception>
    public int? RequireOutput(TensorShape output) =>
        Require(_session.OutputMetadata, "output", output).Dimensions[^1] is >= 0 and var size ? size : null;

    /// <summary>Runs the model and returns one of its outputs.</summary>
    /// <exception cref="CheckpointException">ONNX Runtime fails on this model.</exception>
    public OrtValue Run(IReadOnlyDictionary<string, OrtValue> inputs, string output)
    {
        using var options = new RunOptions();
        try
        {
            return _session.Run(options, inputs, [output])[0];
        }
        catch (OnnxRuntimeException exception)
        {
            throw new CheckpointException(
                Path, $"ONNX Runtime cannot run this model: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static string[] GetPaths(string directory) =>
        [System.IO.Path.Combine(directory, FileName), System.IO.Path.Combine(directory, "onnx", FileName)];

    private NodeMetadata Require(IReadOnlyDictionary<string, NodeMetadata> nodes, string kind, TensorShape shape)
    {
        if (!nodes.TryGetValue(shape.Name, out var node))
        {
            throw new CheckpointException(Path,
                $"{kind} '{shape.Name}' ({shape}) is missing. The model has {string.Join(", ", nodes.Keys)}.");
        }

        return shape.Matches(node)
            ? node
            : throw new CheckpointException(
                Path, $"{kind} '{shape.Name}' is {TensorShape.Describe(node)}, but must be {shape}.");
    }
}
