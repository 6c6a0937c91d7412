using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Soak.Commands;

return await CommandRunner.RunAsync(
    new RootCommand("Try to break LuceneLsr: kill it while it writes, damage its files, send it hostile queries, read "
        + "and write at once. A command fails if anything is lost, wrong, or ends in an error that it should not.")
    {
        KillCommand.Create(),
        DiskCommand.Create(),
        RaceCommand.Create(),
        DamageCommand.Create(),
        QueriesCommand.Create(),
        WriteWorker.Create(),
        DamageWorker.Create(),
        QueriesWorker.Create(),
    },
    args).ConfigureAwait(false);
