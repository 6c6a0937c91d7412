using System.CommandLine;
using LuceneLsr.Tools.Cluster.Commands;
using LuceneLsr.Tools.Common;

return await CommandRunner.RunAsync(
    new RootCommand("Try a cluster of LuceneLsr on this machine: silos of Orleans that hold shards of one index.")
    {
        UpCommand.Create(),
        SearchCommand.Create(),
        StatusCommand.Create(),
        EncodeCommand.Create(),
        KillCommand.Create(),
        BenchCommand.Create(),
        SimulateCommand.Create(),
        SiloCommand.Create(),
    },
    args).ConfigureAwait(false);
