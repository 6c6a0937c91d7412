using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using LuceneLsr.Onnx;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Weights;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Options for the model of an encoder.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string> _checkpoint = CommonOptions.CreateCheckpoint();
    private readonly Option<string> _device = DeviceOption.Create();
    private readonly Option<Precision> _precision = CommonOptions.CreatePrecision(
        "Precision of the model in memory. BFloat16 is fast on processors that support it, Int8 and Int4 are small.",
        Torch.Weights.Precision.Float32);

    private readonly Option<Engine> _engine = new Option<Engine>("--engine")
    {
        Description = "Library that runs the model: onnx needs a model.onnx, torch safetensors or a model.onnx that "
            + "lsr-train exported (default onnx if there is a model.onnx, unless --device or --precision is given).",
        DefaultValueFactory = _ => Engine.Auto,
    }.AcceptNamesOf<Engine, Engine>();

    private readonly ThreadsOption _threads;
    private readonly Option<int?> _stride = new Option<int?>("--stride")
    {
        Description = "Number of tokens between the starts of two windows of a long document (default from the "
            + "checkpoint).",
    }.Require(stride => stride is null or >= 1, "at least 1");

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="encodesDocuments">Whether it encodes documents.</param>
    public ModelOptions(Command command, bool encodesDocuments)
    {
        command.Add(_checkpoint);
        command.Add(_device);
        command.Add(_precision);
        command.Add(_engine);
        command.Validators.Add(Validate);
        _threads = new(command);
        if (encodesDocuments)
        {
            command.Add(_stride);
        }
    }

    /// <summary>Gets the checkpoint's directory.</summary>
    public string GetCheckpoint(ParseResult parsed) => parsed.GetValue(_checkpoint)!;

    /// <summary>Gets a name for what vectors depend on besides the checkpoint: the precision, or "onnx".</summary>
    public string GetVariant(ParseResult parsed) =>
        UsesOnnx(parsed) ? "onnx" : parsed.GetValue(_precision).ToString();

    /// <summary>Gets the name and the value of everything that vectors depend on.</summary>
    public IEnumerable<(string Name, string Value)> GetValues(ParseResult parsed) =>
    [
        (_checkpoint.Name, CheckpointFingerprint.Compute(GetCheckpoint(parsed))),
        (_precision.Name, GetVariant(parsed)),
        (_device.Name, parsed.GetValue(_device)!),
        (_stride.Name, parsed.GetValue(_stride)?.ToString(CultureInfo.InvariantCulture) ?? "none"),
    ];

    /// <summary>Loads the encoder.</summary>
    /// <exception cref="CheckpointException">
    /// The checkpoint cannot be used, or the stride is longer than a window.
    /// </exception>
    public ModelEncoder Load(ParseResult parsed) => UsesOnnx(parsed)
        ? OnnxSparseEncoder.Load(
            GetCheckpoint(parsed), new() { Threads = _threads.Get(parsed) ?? 0 }, parsed.GetValue(_stride))
        : LoadTorch(parsed, parsed.GetValue(_precision));

    /// <summary>Loads the encoder on TorchSharp in a precision.</summary>
    /// <exception cref="CheckpointException">The checkpoint cannot be used.</exception>
    public ModelEncoder LoadTorch(ParseResult parsed, Precision precision)
    {
        _threads.Apply(parsed);
        var device = Devices.Parse(parsed.GetValue(_device)!);
        var loaded = Torch.Checkpoints.Checkpoint.Load(GetCheckpoint(parsed), precision, device);
        return new TorchSparseEncoder(
            parsed.GetValue(_stride) is { } stride
                ? loaded.WithSettings(loaded.Settings with { DocumentStride = stride })
                : loaded,
            device);
    }

    private bool UsesOnnx(ParseResult parsed) => parsed.GetValue(_engine) switch
    {
        Engine.Onnx => true,
        Engine.Torch => false,
        Engine.Auto => FindTorchOption(parsed.CommandResult) is null
            && OnnxSparseEncoder.HasModel(GetCheckpoint(parsed)),
        _ => throw new UnreachableException(),
    };

    // Looks at the text of the value, because an invalid one has no value.
    private void Validate(CommandResult result)
    {
        if (result.GetResult(_engine)?.Tokens is [{ Value: var engine }]
            && string.Equals(engine, nameof(Engine.Onnx), StringComparison.OrdinalIgnoreCase)
            && FindTorchOption(result) is { } option)
        {
            result.AddError(
                $"{option.Name} requires {_engine.Name} torch. ONNX Runtime uses the CPU and the file's precision.");
        }
    }

    private Option? FindTorchOption(CommandResult result) =>
        new Option[] { _device, _precision }.FirstOrDefault(result.IsGiven);
}
