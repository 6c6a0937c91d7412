using System.CommandLine;
using LuceneLsr.Evaluation.Metrics;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Creates the option for metrics.</summary>
internal static class MetricsOption
{
    public static Option<IReadOnlyList<RankingMetric>> Create() => new("--metrics")
    {
        Description = "Metrics: nDCG, MRR, MAP, P and Recall with cutoffs, separated by commas.",
        HelpName = "NAME@K,...",
        DefaultValueFactory = _ => RankingMetric.Standard,
        CustomParser = argument =>
        {
            try
            {
                var names = argument.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries);
                return [.. names.Select(RankingMetric.Parse)];
            }
            catch (ArgumentException exception)
            {
                argument.AddError($"--metrics: {exception.Message.Split(" (Parameter")[0]}");
                return null;
            }
        },
    };
}
