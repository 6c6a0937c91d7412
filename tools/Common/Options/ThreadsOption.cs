using System.CommandLine;
using TorchSharp;

namespace LuceneLsr.Tools.Common.Options;

/// <summary>How many threads a model works with.</summary>
public sealed class ThreadsOption
{
    private readonly Option<int?> _option = new Option<int?>("--threads")
    {
        Description = "Threads that the model works with; by default one for each core.",
    }.Require(count => count is null or (>= 1 and <= 1024), "from 1 to 1024");

    /// <summary>Adds the option to a command.</summary>
    public ThreadsOption(Command command) => command.Add(_option);

    /// <summary>Does what the command line says.</summary>
    public void Apply(ParseResult parsed)
    {
        if (parsed.GetValue(_option) is { } count)
        {
            torch.set_num_threads(count);
        }
    }
}
