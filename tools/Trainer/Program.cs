using System.CommandLine;
using LuceneLsr.Tools.Shared;
using LuceneLsr.Tools.Trainer.Commands;

return await CleanExit.RunAsync(
    new RootCommand("Trains learned sparse encoders: init, pretrain, adapt, train, resume, export. "
        + "Each reads and writes checkpoint directories.")
    {
        InitCommand.Create(),
        PretrainCommand.Create(),
        AdaptCommand.Create(),
        TrainCommand.Create(),
        ResumeCommand.Create(),
        ExportCommand.Create(),
    },
    args).ConfigureAwait(false);
