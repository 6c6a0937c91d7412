using System.CommandLine;
using System.Diagnostics;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Soak.Damage;
using LuceneLsr.Tools.Soak.Processes;

namespace LuceneLsr.Tools.Soak.Commands;

/// <summary>"damage-worker": the process in which <see cref="DamageCommand"/> reads damaged files.</summary>
internal static class DamageWorker
{
    private const string Name = "damage-worker";

    public static Command Create()
    {
        Option<string> kind = new("--kind") { Required = true };
        Option<string> folder = new("--folder") { Required = true };
        Option<int> seed = new("--seed"), first = new("--first"), end = new("--end");
        var command = new Command(Name, "Read damaged files.") { kind, folder, seed, first, end };
        command.Hidden = true;
        command.SetWork((parsed, cancellation) =>
        {
            var cases = new DamageCases(
                DamageKind.All.Single(other => other.Name == parsed.GetValue(kind)), parsed.GetValue(folder)!,
                parsed.GetValue(seed));
            CaseWorker.Run(parsed.GetValue(first), parsed.GetValue(end), cases.Describe, cases.Run, cancellation);
        });
        return command;
    }

    /// <summary>Says how to start the process.</summary>
    public static ProcessStartInfo CreateStartInfo(DamageKind kind, string folder, int seed, int first, int end) =>
        Programs.Soak(
            Name, "--kind", kind.Name, "--folder", folder, "--seed", $"{seed}", "--first", $"{first}", "--end",
            $"{end}");
}
