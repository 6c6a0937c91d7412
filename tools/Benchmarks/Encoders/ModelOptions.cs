using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Benchmarks.Encoders;

/// <summary>Options of benchmarks that measure models of random weights.</summary>
internal static class ModelOptions
{
    public static Option<string[]> Shapes(params string[] usual)
    {
        var option = Several("--shapes", "Models, by their parameters.", usual);
        option.AcceptOnlyFromAmong([.. ModelShape.All.Select(shape => shape.Name)]);
        return option;
    }

    public static Option<double> Seconds() => new Option<double>("--seconds")
    {
        Description = "How long each measurement is repeated, once at least and 20 times at most after the first.",
        DefaultValueFactory = _ => 5,
    }.Require(value => value is >= 0 and <= 3600, "from 0 to 3600");

    /// <summary>An option that takes one value or more.</summary>
    public static Option<T[]> Several<T>(string name, string description, T[] usual) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
        AllowMultipleArgumentsPerToken = true,
    };
}
