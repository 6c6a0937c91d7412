using System.CommandLine;
using LuceneLsr.Tools.Shared;
using LuceneLsr.Tools.Trainer.Commands;

return await CleanExit.RunAsync(
    new RootCommand("Trains learned sparse encoders: init, adapt, train, export, mine, eval. "
        + "Each reads and writes checkpoint directories.")
    {
        InitCommand.Create(),
        AdaptCommand.Create(),
        TrainCommand.Create(),
        ExportCommand.Create(),
        MineCommand.Create(),
        EvalCommand.Create(),
    },
    args).ConfigureAwait(false);
