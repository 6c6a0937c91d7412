using System.CommandLine;
using LuceneLsr.Encoding;

namespace LuceneLsr.Tools.Search.Commands;

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
        _maxTerms = new($"--{name}-terms") { Description = $"Terms kept of a {name}, the strongest." };
        _minWeight = new($"--{name}-min-weight") { Description = $"Least weight of a {name}'s term that is kept." };
        _minShare = new($"--{name}-min-share")
        {
            Description = $"Least weight of a {name}'s term that is kept, as a share of its largest.",
        };
        Validate(_maxTerms, value => value >= 1, "at least 1");
        Validate(_minWeight, value => value >= 0 && float.IsFinite(value.Value), "at least 0");
        Validate(_minShare, value => value is >= 0 and <= 1, "between 0 and 1");
        command.Add(_maxTerms);
        command.Add(_minWeight);
        command.Add(_minShare);
    }

    /// <summary>What the command line says.</summary>
    public VectorPruning Read(ParseResult parsed) => new()
    {
        MaxTerms = parsed.GetValue(_maxTerms) ?? int.MaxValue,
        MinWeight = parsed.GetValue(_minWeight) ?? 0,
        MinShare = parsed.GetValue(_minShare) ?? 0,
    };

    private static void Validate<T>(Option<T?> option, Func<T?, bool> isValid, string range)
        where T : struct =>
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) is { } value && !isValid(value))
            {
                result.AddError($"{option.Name} must be {range}.");
            }
        });
}
