using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Soak.Indexes;

namespace LuceneLsr.Tools.Soak.Commands;

/// <summary>"write-worker": the process that writes an index for <see cref="Scenarios.IndexScenario"/>.</summary>
internal static class WriteWorker
{
    public static Command Create()
    {
        Option<string> index = new("--index") { Required = true };
        Option<WritingMode> mode = new("--mode") { Required = true };
        Option<int> commits = new("--commits") { DefaultValueFactory = _ => int.MaxValue };
        var command = new Command("write-worker", "Write an index until killed.") { index, mode, commits };
        command.Hidden = true;
        command.SetWork((parsed, cancellation) =>
        {
            using var writer = new NumberedIndexWriter(parsed.GetValue(index)!, parsed.GetValue(mode));
            for (var commit = 0; commit < parsed.GetValue(commits) && !cancellation.IsCancellationRequested; commit++)
            {
                writer.AddAndCommit(parsed.GetValue(mode) == WritingMode.Commits ? 3 : 300);
                Console.WriteLine(writer.Count);
            }
        });
        return command;
    }
}
