using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Trainer.Runs;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Models;
using LuceneLsr.Training.Recipes;
using Spectre.Console;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>"pretrain": a small causal LM from scratch.</summary>
internal static class PretrainCommand
{
    public static Command Create()
    {
        Option<string?> tokenizer = new("--tokenizer")
        {
            Description = "Checkpoint directory whose tokenizer is taken; by default one is learned from the texts.",
            HelpName = "DIR",
        };
        var command = new Command("pretrain", "Trains a small causal LM from scratch to predict the next token.")
        {
            tokenizer,
        };
        var shape = new ShapeOptions(command);
        var run = new RunOptions(command);
        command.SetWork((parsed, cancellation) => run.Run<LanguageModelRecipe>(
            parsed,
            TrainingPhase.Pretraining,
            (recipe, data, directory) =>
            {
                if (recipe.Lora is not null)
                {
                    throw new ArgumentException(
                        "A model cannot be pretrained by lora: what it would be added to is random. Leave lora out.");
                }

                var start = PhaseRun.StartDirectory(directory);
                AnsiConsole.Status().Start("Making a model", status => UntrainedModel.Create(
                    TextFiles.ReadAll(data, recipe.Texts),
                    parsed.GetValue(tokenizer),
                    shape.Read(parsed),
                    recipe.Seed,
                    start,
                    message => status.Status(Markup.Escape(message)),
                    cancellation));
                return start;
            },
            cancellation));
        return command;
    }
}
