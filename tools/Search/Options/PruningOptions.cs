using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>The dials of one side: which terms of a vector are kept.</summary>
internal sealed class PruningOptions
{
    private readonly Option<int?> _maxTerms;
    private readonly Option<float?> _minWeight;
    private readonly Option<float?> _minShare;

    /// <summary>Adds the options to a command.</summary>
    public PruningOptions(Command command, TextSide side)
    {
        var name = side == TextSide.Query ? "query" : "document";
        _maxTerms = new Option<int?>($"--{name}-terms")
        {
            Description = $"Terms kept of a {name}, the strongest.",
        }.Require(value => value is null or >= 1, "at least 1");
        _minWeight = new Option<float?>($"--{name}-min-weight")
        {
            Description = $"Least weight of a {name}'s term that is kept.",
        }.Require(value => value is null or (>= 0 and < float.PositiveInfinity), "at least 0");
        _minShare = new Option<float?>($"--{name}-min-share")
        {
            Description = $"Least weight of a {name}'s term that is kept, as a share of its largest.",
        }.Require(value => value is null or (>= 0 and <= 1), "between 0 and 1");
        command.Add(_maxTerms);
        command.Add(_minWeight);
        command.Add(_minShare);
    }

    /// <summary>What the command line says.</summary>
    public VectorPruning Read(ParseResult parsed) => new()
    {
        MaxTerms = parsed.GetValue(_maxTerms) ?? int.MaxValue,
        MinWeight = parsed.GetValue(_minWeight) ?? 0,
        MinRatio = parsed.GetValue(_minShare) ?? 0,
    };
}
