using System.CommandLine;
using System.Runtime.InteropServices;
using LuceneLsr.Tokenization;
using Spectre.Console;

namespace LuceneLsr.Tools.Common;

/// <summary>
/// Runs a command line: expected errors end as one line on standard error and a non-zero exit code, never as a stack
/// trace.
/// </summary>
public static class CommandRunner
{
    private const int Failed = 1;
    private const int Cancelled = 130; // as a shell reports an interrupt

    private static readonly string[] LibTorchTrace = ["\nException raised from ", "\nframe #0: "];

    private static readonly InvocationConfiguration Configuration = new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromMinutes(1), // an interrupted command ends after its step or batch
    };

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        OpenMp.LetWaitingThreadsSleep();
        try
        {
            return await root.Parse(args).InvokeAsync(Configuration).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Cancelled.").ConfigureAwait(false);
            return Cancelled;
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
                .Markup("[red]Error:[/] ");
            // Not through the console: it would wrap the line.
            await Console.Error.WriteLineAsync(Message(exception)).ConfigureAwait(false);
            return Failed;
        }
    }

    // One line, without the name of a method's parameter, which .NET adds, and libtorch's stack trace.
    private static string Message(Exception exception)
    {
        var message = exception switch
        {
            ArgumentException { ParamName: { } name } =>
                exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal),
            ExternalException => exception.Message.Split(LibTorchTrace, StringSplitOptions.None)[0],
            _ => exception.Message,
        };
        return message.ReplaceLineEndings(" ");
    }

    private static bool IsExpected(Exception exception) => exception
        is CheckpointException or ArgumentException or InvalidDataException or IOException
        or KeyNotFoundException or UnauthorizedAccessException or InvalidOperationException
        or ExternalException; // the last: libtorch's errors
}
