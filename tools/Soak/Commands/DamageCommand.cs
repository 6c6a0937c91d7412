using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Soak.Damage;
using LuceneLsr.Tools.Soak.Processes;

namespace LuceneLsr.Tools.Soak.Commands;

/// <summary>"damage": reads damaged files.</summary>
internal static class DamageCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static readonly string[] Outcomes =
    [
        DamageCases.Same, DamageCases.Refused, DamageCases.FoundByCheckIndex, DamageCases.OtherValues,
        DamageCases.Silent, DamageCases.WrongError, CaseResult.Crash, CaseResult.Hang,
    ];

    public static Command Create()
    {
        var files = SoakOptions.CreateCount("--files", "Number of damaged files of each kind.", 1_500);
        var seed = SoakOptions.CreateSeed();
        var folder = SoakOptions.CreateFolder();
        var command = new Command("damage", "Read damaged segments, checkpoints, tokenizers, vectors and collections.")
        {
            files, seed, folder,
        };
        command.SetWork((parsed, cancellation) =>
        {
            using var work = new WorkFolder(parsed.GetValue(folder));
            var table = new OutcomeTable("files", Outcomes, outcome => outcome
                is DamageCases.Silent or DamageCases.WrongError or CaseResult.Crash or CaseResult.Hang);
            foreach (var (index, kind) in DamageKind.All.Index())
            {
                var place = Directory.CreateDirectory(work.Get($"{index}")).FullName;
                kind.Write(place, cancellation);
                var supervisor = new CaseSupervisor(
                    first => DamageWorker.CreateStartInfo(
                        kind, place, parsed.GetValue(seed), first, parsed.GetValue(files)),
                    Limit);
                table.Run(kind.Name, parsed.GetValue(files), supervisor, cancellation);
            }

            table.Write();
        });
        return command;
    }
}
