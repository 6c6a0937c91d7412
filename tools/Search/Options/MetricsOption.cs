using System.CommandLine;
using LuceneLsr.Evaluation.Metrics;
using LuceneLsr.Files;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>The option for metrics.</summary>
internal sealed class MetricsOption
{
    private readonly Option<IReadOnlyList<RankingMetric>?> _option = new("--metrics")
    {
        Description = "nDCG, MRR, MAP, P and Recall with cutoffs, separated by commas "
            + $"(default {string.Join(',', RankingMetric.Standard)}).",
        HelpName = "NAME@K,...",
        CustomParser = argument =>
        {
            try
            {
                var names = argument.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries);
                return [.. names.Select(RankingMetric.Parse)];
            }
            catch (ArgumentException exception)
            {
                argument.AddError($"--metrics: {ArgumentErrors.Describe(exception)}");
                return null;
            }
        },
    };

    /// <summary>Adds the option to a command.</summary>
    public MetricsOption(Command command) => command.Add(_option);

    /// <summary>Gets the metrics; at least one.</summary>
    public IReadOnlyList<RankingMetric> Get(ParseResult parsed) => parsed.GetValue(_option) ?? RankingMetric.Standard;
}
