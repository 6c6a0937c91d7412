using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Trainer.Commands;

return await CommandRunner.RunAsync(
    new RootCommand("Trains learned sparse encoders: init, pretrain, adapt, train, resume, export, mine, eval. "
        + "Each reads and writes checkpoint directories.")
    {
        InitCommand.Create(),
        PretrainCommand.Create(),
        AdaptCommand.Create(),
        TrainCommand.Create(),
        ResumeCommand.Create(),
        ExportCommand.Create(),
        MineCommand.Create(),
        EvalCommand.Create(),
    },
    args).ConfigureAwait(false);
