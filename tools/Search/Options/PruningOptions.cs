using System.CommandLine;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Options for pruning the vectors of one side.</summary>
internal sealed class PruningOptions
{
    private readonly Option<int?> _maxTerms;
    private readonly Option<float?> _minWeight;
    private readonly Option<float?> _minRatio;
    private readonly Option<float?> _minMass;

    /// <summary>Adds the options to a command.</summary>
    public PruningOptions(Command command, TextSide side)
    {
        var name = side == TextSide.Query ? "query" : "document";
        _maxTerms = new Option<int?>($"--{name}-terms")
        {
            Description = $"Maximum number of terms per {name} (default all).",
        }.Require(value => value is null or >= 1, "at least 1");
        _minWeight = new Option<float?>($"--{name}-min-weight")
        {
            Description = $"Minimum weight of a {name} term (default 0).",
        }.Require(value => value is null or (>= 0 and < float.PositiveInfinity), "at least 0");
        _minRatio = new Option<float?>($"--{name}-min-ratio")
        {
            Description = $"Minimum ratio of a {name} term's weight to the {name}'s largest weight (default 0).",
        }.Require(value => value is null or (>= 0 and <= 1), "from 0 to 1");
        _minMass = new Option<float?>($"--{name}-min-mass")
        {
            Description = $"Keep the heaviest terms that have this share of a {name}'s total weight (default 1).",
        }.Require(value => value is null or (> 0 and <= 1), "above 0 and up to 1");
        command.Add(_maxTerms);
        command.Add(_minWeight);
        command.Add(_minRatio);
        command.Add(_minMass);
    }

    /// <summary>Gets the pruning.</summary>
    public VectorPruning Read(ParseResult parsed) => new()
    {
        MaxTerms = parsed.GetValue(_maxTerms) ?? VectorPruning.None.MaxTerms,
        MinWeight = parsed.GetValue(_minWeight) ?? 0,
        MinRatio = parsed.GetValue(_minRatio) ?? 0,
        MinMass = parsed.GetValue(_minMass) ?? 1,
    };
}
