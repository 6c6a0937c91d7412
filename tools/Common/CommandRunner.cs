using System.CommandLine;
using System.Runtime.InteropServices;
using LuceneLsr.Files;
using LuceneLsr.Tokenization;
using LuceneLsr.Torch;
using Spectre.Console;

namespace LuceneLsr.Tools.Common;

/// <summary>
/// Runs a command line. Expected errors end in one line on standard error and a non-zero exit code, never in a stack
/// trace.
/// </summary>
public static class CommandRunner
{
    private const int Failed = 1;

    private static readonly string[] LibTorchTrace = ["\nException raised from ", "\nframe #0: "];

    private static readonly InvocationConfiguration Configuration = new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null, // an interrupted command finishes its step or batch
    };

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        OpenMp.UsePassiveWaiting();
        using var signals = new TerminationSignals();
        try
        {
            return await root.Parse(args).InvokeAsync(Configuration, signals.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            var advice = exception is CanceledCommandException ? $" {exception.Message}" : "";
            await Console.Error.WriteLineAsync($"Canceled.{advice}").ConfigureAwait(false);
            return signals.ExitCode;
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
                .Markup("[red]Error:[/] ");
            // Written directly, because AnsiConsole would wrap the line.
            await Console.Error.WriteLineAsync(FormatMessage(exception)).ConfigureAwait(false);
            return Failed;
        }
    }

    // One line, without the parameter name that .NET appends and the stack trace of libtorch.
    private static string FormatMessage(Exception exception)
    {
        var message = exception switch
        {
            ArgumentException error => ArgumentErrors.Describe(error),
            ExternalException => exception.Message.Split(LibTorchTrace, StringSplitOptions.None)[0],
            _ => exception.Message,
        };
        return message.ReplaceLineEndings(" ");
    }

    private static bool IsExpected(Exception exception) => exception
        is CheckpointException or ArgumentException or InvalidDataException or IOException
        or KeyNotFoundException or UnauthorizedAccessException or InvalidOperationException or TimeoutException
        or ExternalException; // errors of libtorch
}
