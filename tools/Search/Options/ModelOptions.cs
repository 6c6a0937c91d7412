using System.CommandLine;
using System.Globalization;
using LuceneLsr.Tokenization;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Which model encodes, where, and how.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string> _checkpoint = CommonOptions.Checkpoint();
    private readonly Option<string> _device = DeviceOption.Create();
    private readonly Option<Precision> _precision = CommonOptions.Precision(
        "How the model is kept in memory: BFloat16 is fast where the processor has it, Int8 and Int4 are small.",
        Torch.Checkpoints.Precision.Float32);

    private readonly ThreadsOption _threads;
    private readonly Option<int?> _stride = new Option<int?>("--stride")
    {
        Description = "Read a long document in windows that begin so many tokens apart, and not its beginning alone; "
            + "by default as the checkpoint says.",
    }.Require(stride => stride is null or >= 1, "at least 1");

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="readsDocuments">Whether it encodes documents as they are in a collection.</param>
    public ModelOptions(Command command, bool readsDocuments)
    {
        command.Add(_checkpoint);
        command.Add(_device);
        command.Add(_precision);
        _threads = new(command);
        if (readsDocuments)
        {
            command.Add(_stride);
        }
    }

    /// <summary>The checkpoint's directory.</summary>
    public string Checkpoint(ParseResult parsed) => parsed.GetValue(_checkpoint)!;

    /// <summary>How the model is kept in memory.</summary>
    public Precision Precision(ParseResult parsed) => parsed.GetValue(_precision);

    /// <summary>All that vectors depend on, by name: the checkpoint's content and the options.</summary>
    public IEnumerable<(string Name, string Value)> Values(ParseResult parsed) =>
    [
        (_checkpoint.Name, CheckpointFingerprint.Of(Checkpoint(parsed))),
        (_precision.Name, Precision(parsed).ToString()),
        (_device.Name, parsed.GetValue(_device)!),
        (_stride.Name, parsed.GetValue(_stride)?.ToString(CultureInfo.InvariantCulture) ?? "none"),
    ];

    /// <summary>Loads the encoder.</summary>
    /// <exception cref="CheckpointException">
    /// The checkpoint cannot be used, or the stride is longer than what its model reads at once.
    /// </exception>
    public TorchSparseEncoder Load(ParseResult parsed)
    {
        _threads.Apply(parsed);
        var device = Devices.Parse(parsed.GetValue(_device)!);
        var loaded = Torch.Checkpoints.Checkpoint.Load(Checkpoint(parsed), Precision(parsed), device);
        return new(
            parsed.GetValue(_stride) is { } stride
                ? loaded.With(loaded.Settings with { DocumentStride = stride })
                : loaded,
            device);
    }
}
