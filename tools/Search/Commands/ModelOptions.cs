using System.CommandLine;
using System.Globalization;
using LuceneLsr.Encoding;
using LuceneLsr.Tools.Shared;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using TorchSharp;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>Which model encodes, where, and how.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string> _checkpoint = CommonOptions.Checkpoint();
    private readonly Option<string> _device = CommonOptions.Device();
    private readonly Option<Precision> _precision = CommonOptions.Precision(
        "How the model is kept in memory: BFloat16 is fast where the processor has it, Int8 and Int4 are small.",
        Precision.Float32);

    private readonly Option<int?> _threads = new Option<int?>("--threads")
    {
        Description = "Threads that the model works with; by default one for each core.",
    }.Require(count => count is null or >= 1, "at least 1");

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
        command.Add(_threads);
        if (readsDocuments)
        {
            command.Add(_stride);
        }
    }

    /// <summary>The checkpoint's directory.</summary>
    public string Checkpoint(ParseResult parsed) => parsed.GetValue(_checkpoint)!;

    /// <summary>All that vectors depend on, by name: the checkpoint's content and the options.</summary>
    public IEnumerable<(string Name, string Value)> Values(ParseResult parsed) =>
    [
        (_checkpoint.Name, CheckpointFingerprint.Of(Checkpoint(parsed))),
        (_precision.Name, parsed.GetValue(_precision).ToString()),
        (_stride.Name, parsed.GetValue(_stride)?.ToString(CultureInfo.InvariantCulture) ?? "none"),
    ];

    /// <summary>Loads the encoder.</summary>
    /// <exception cref="ArgumentException">The stride is longer than a window.</exception>
    public TorchSparseEncoder Load(ParseResult parsed)
    {
        if (parsed.GetValue(_threads) is { } threads)
        {
            torch.set_num_threads(threads);
        }

        var device = Devices.Parse(parsed.GetValue(_device)!);
        var loaded = Torch.Checkpoints.Checkpoint.Load(Checkpoint(parsed), parsed.GetValue(_precision), device);
        return new(loaded.With(Strided(loaded.Settings, parsed.GetValue(_stride))), device);
    }

    private LsrSettings Strided(LsrSettings settings, int? stride) => stride <= settings.MaxTokens.Document
        ? settings with { DocumentStride = stride }
        : stride is null ? settings
        : throw new ArgumentException($"{_stride.Name} {stride} leaves tokens out: the checkpoint's windows are of "
            + $"{settings.MaxTokens.Document} tokens ({LsrSettings.FileName}, max_tokens).");
}
