using System.CommandLine;
using System.CommandLine.Parsing;
using LuceneLsr.Tokenization;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Weights;

namespace LuceneLsr.Tools.Trainer.Options;

/// <summary>Options that select the encoder of a command.</summary>
internal sealed class EncoderOptions
{
    private readonly Option<string?> _from = new("--from") { Description = "Checkpoint directory.", HelpName = "DIR" };
    private readonly Option<string> _device = DeviceOption.Create();
    private readonly Option<Precision> _precision = new Option<Precision>("--precision")
    {
        Description = "Precision of the model's weights in memory.",
        DefaultValueFactory = _ => Precision.Float32,
    }.AcceptNamesOf<Precision, Precision>();

    private readonly ThreadsOption _threads;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isNeeded">Returns whether a command line needs a checkpoint; null if every one does.</param>
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
                    ? $"{_from.Name} is required: name a checkpoint directory."
                    : $"{_from.Name} has no effect because nothing is encoded: remove it.");
            }
        });
    }

    /// <summary>Gets the checkpoint directory.</summary>
    public string GetCheckpoint(ParseResult parsed) => parsed.GetValue(_from)!;

    /// <summary>Loads the encoder.</summary>
    /// <exception cref="CheckpointException">The checkpoint cannot be read.</exception>
    public TorchSparseEncoder Load(ParseResult parsed)
    {
        _threads.Apply(parsed);
        return TorchSparseEncoder.Load(
            GetCheckpoint(parsed), parsed.GetValue(_device)!, parsed.GetValue(_precision));
    }
}
