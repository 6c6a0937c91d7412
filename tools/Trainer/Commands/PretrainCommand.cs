using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Trainer.Options;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Models;
using LuceneLsr.Training.Phases;
using LuceneLsr.Training.Recipes;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>The command "pretrain": a small causal LM from scratch.</summary>
internal static class PretrainCommand
{
    public static Command Create()
    {
        Option<string?> tokenizer = new("--tokenizer")
        {
            Description = "Checkpoint directory whose tokenizer to use (default: learn one from the recipe's texts).",
            HelpName = "DIR",
        };
        var command = new Command("pretrain", "Train a small causal LM from scratch to predict the next token.")
        {
            tokenizer,
        };
        var shape = new ShapeOptions(command);
        var run = new RunOptions(command);
        command.SetWork((parsed, cancellation) => PhaseProgram.Run<LanguageModelRecipe>(
            run,
            parsed,
            TrainingPhase.Pretraining,
            (recipe, directory) => CreateModel(
                recipe, run.GetData(parsed), parsed.GetValue(tokenizer), shape.Read(parsed),
                StartCheckpoint.GetDirectory(directory), cancellation),
            cancellation));
        return command;
    }

    private static string CreateModel(
        LanguageModelRecipe recipe, string data, string? tokenizer, ModelShape shape, string directory,
        CancellationToken cancellation)
    {
        if (recipe.Lora is not null)
        {
            throw new ArgumentException(
                "lora cannot be used for pretraining: the weights that it would be added to are random. "
                + "Remove lora from the recipe.");
        }

        AnsiConsole.Status().Start("Creating the model", status => UntrainedModel.Create(
            TextFiles.ReadAll(data, recipe.Texts), tokenizer, shape, recipe.Seed, directory,
            message => status.Status(Markup.Escape(message)), cancellation));
        return directory;
    }
}
