using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Trainer.Commands;

return await CommandRunner.RunAsync(
    new RootCommand("Trains and evaluates learned sparse encoders. Commands read and write checkpoint directories.")
    {
        InitCommand.Create(),
        PretrainCommand.Create(),
        AdaptCommand.Create(),
        UnpackCommand.Create(),
        TeachCommand.Create(),
        TrainCommand.Create(),
        ResumeCommand.Create(),
        ExportCommand.Create(),
        MineCommand.Create(),
        EvalCommand.Create(),
    },
    args).ConfigureAwait(false);
