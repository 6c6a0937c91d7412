using System.CommandLine;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Options for the scale that turns weights in files into impacts.</summary>
internal sealed class ImpactScaleOptions
{
    private readonly Option<string> _checkpoint = CommonOptions.CreateCheckpoint();
    private readonly Option<float?> _factor = CommonOptions.CreateImpactFactor(
        "Impacts per unit of weight (default that of the checkpoint). 1 for weights that are impacts already.");

    /// <summary>Adds the options to a command.</summary>
    public ImpactScaleOptions(Command command)
    {
        _checkpoint.Description = "Checkpoint directory, for its impact scale.";
        command.Add(_checkpoint);
        command.Add(_factor);
        command.Exclude(_factor, _checkpoint);
    }

    /// <summary>Gets the scale.</summary>
    public ImpactScale Load(ParseResult parsed) => parsed.GetValue(_factor) is { } factor
        ? new ImpactScale(factor)
        : TermSpace.Load(parsed.GetValue(_checkpoint)!).Settings.ImpactScale;
}
