using System.CommandLine;
using System.CommandLine.Parsing;
using LuceneLsr.Tokenization;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>The checkpoint that encodes, where its model runs, and how.</summary>
internal sealed class EncoderOptions
{
    private readonly Option<string?> _from = new("--from") { Description = "Checkpoint directory.", HelpName = "DIR" };
    private readonly Option<string> _device = DeviceOption.Create();
    private readonly Option<Precision> _precision = new Option<Precision>("--precision")
    {
        Description = "How the model is kept in memory.",
        DefaultValueFactory = _ => Precision.Float32,
    }.AcceptNamesOf<Precision, Precision>();

    private readonly ThreadsOption _threads;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isNeeded">Whether it needs a checkpoint; it always does if null.</param>
    public EncoderOptions(Command command, Func<CommandResult, bool>? isNeeded = null)
    {
        command.Add(_from);
        command.Add(_device);
        command.Add(_precision);
        _threads = new(command);
        command.Validators.Add(result =>
        {
            var needed = isNeeded?.Invoke(result) ?? true;
            if (result.GetValue(_from) is null == needed)
            {
                result.AddError(needed
                    ? $"{_from.Name} is needed: name a checkpoint directory."
                    : $"{_from.Name} has no meaning where nothing is encoded: leave it out.");
            }
        });
    }

    /// <summary>The checkpoint's directory.</summary>
    public string Checkpoint(ParseResult parsed) => parsed.GetValue(_from)!;

    /// <summary>Loads the encoder.</summary>
    /// <exception cref="CheckpointException">The checkpoint cannot be used.</exception>
    public TorchSparseEncoder Load(ParseResult parsed)
    {
        _threads.Apply(parsed);
        return TorchSparseEncoder.Load(Checkpoint(parsed), parsed.GetValue(_device)!, parsed.GetValue(_precision));
    }
}
