using System.CommandLine;
using TorchSharp;

namespace LuceneLsr.Tools.Common.Options;

/// <summary>The option for the number of threads of a model.</summary>
public sealed class ThreadsOption
{
    private const int MaxThreads = 1024;

    private readonly Option<int?> _option = new Option<int?>("--threads")
    {
        Description = "Number of threads of the model (default one per core).",
    }.Require(count => count is null or (>= 1 and <= MaxThreads), $"from 1 to {MaxThreads}");

    /// <summary>Adds the option to a command.</summary>
    public ThreadsOption(Command command) => command.Add(_option);

    /// <summary>Gets the number of threads, or null for one per core.</summary>
    public int? Get(ParseResult parsed) => parsed.GetValue(_option);

    /// <summary>Applies the option to this process.</summary>
    public void Apply(ParseResult parsed)
    {
        if (Get(parsed) is { } count)
        {
            torch.set_num_threads(count);
        }
    }
}
