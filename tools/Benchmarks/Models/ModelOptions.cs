using System.CommandLine;
using LuceneLsr.Tools.Benchmarks.Measurement;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Benchmarks.Models;

/// <summary>Options of the benchmarks that measure models of random weights.</summary>
internal static class ModelOptions
{
    public static Option<string[]> CreateShapes(params string[] defaultValue)
    {
        var option = CreateList("--shapes", "Models to measure, by number of parameters.", defaultValue);
        option.Accept([.. BenchmarkModel.All.Select(model => model.Name)]);
        return option;
    }

    public static Option<double> CreateSeconds() => new Option<double>("--seconds")
    {
        Description = $"Time to repeat each measurement; each is timed at least once and at most {Rounds.Max} times.",
        DefaultValueFactory = _ => 5,
    }.Require(value => value is >= 0 and <= 3600, "from 0 to 3600");

    /// <summary>Creates an option that takes one or more values.</summary>
    public static Option<T[]> CreateList<T>(string name, string description, T[] defaultValue) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => defaultValue,
        AllowMultipleArgumentsPerToken = true,
    };
}
