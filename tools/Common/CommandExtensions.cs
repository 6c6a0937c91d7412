using System.CommandLine;

namespace LuceneLsr.Tools.Common;

/// <summary>Conveniences over <see cref="Command"/>.</summary>
public static class CommandExtensions
{
    /// <summary>Sets what the command does, on a thread of its own, so that an interrupt reaches its token.</summary>
    public static void SetWork(this Command command, Action<ParseResult, CancellationToken> work) =>
        command.SetAction((parsed, cancellation) => Task.Run(() => work(parsed, cancellation), CancellationToken.None));
}
