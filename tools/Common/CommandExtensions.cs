using System.CommandLine;

namespace LuceneLsr.Tools.Common;

/// <summary>Extension methods for <see cref="Command"/>.</summary>
public static class CommandExtensions
{
    /// <summary>Sets the action of a command. It runs on its own thread, so that interrupts cancel it.</summary>
    public static void SetWork(this Command command, Action<ParseResult, CancellationToken> work) =>
        command.SetAction((parsed, cancellation) => Task.Run(() => work(parsed, cancellation), CancellationToken.None));

    /// <summary>Sets the asynchronous action of a command. It starts on its own thread.</summary>
    public static void SetWork(this Command command, Func<ParseResult, CancellationToken, Task> work) =>
        command.SetAction((parsed, cancellation) => Task.Run(() => work(parsed, cancellation), CancellationToken.None));
}
