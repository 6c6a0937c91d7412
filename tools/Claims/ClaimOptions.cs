using System.CommandLine;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Recipes;
using static TorchSharp.torch;

namespace LuceneLsr.Tools.Claims;

/// <summary>What every claim's command takes.</summary>
internal sealed class ClaimOptions
{
    private readonly Option<string> _from;
    private readonly Option<string> _data = DirectoryOption.Create(
        "--data", "Folder of the collections and texts that recipes name.");

    private readonly Option<string> _output = DirectoryOption.Create("--out", "Folder for the table and the plot.");
    private readonly Option<string?> _recipe = new("--recipe")
    {
        Description = "Contrastive recipe in place of the claim's own.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _overrides = new("--set")
    {
        Description = "Fields in place of those of the contrastive recipe, as in steps=50.",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "FIELD=VALUE",
    };

    private readonly Option<string?> _adaptation = new("--adaptation")
    {
        Description = "Recipe of the adaptation phase in place of the claim's own.",
        HelpName = "FILE",
    };

    private readonly Option<string> _device = DeviceOption.Create();
    private readonly ThreadsOption _threads;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="from">What it starts from.</param>
    /// <param name="adapts">Whether it has an adaptation phase.</param>
    public ClaimOptions(Command command, string from, bool adapts)
    {
        _from = DirectoryOption.Create("--from", from);
        command.Add(_from);
        command.Add(_data);
        command.Add(_output);
        command.Add(_recipe);
        command.Add(_overrides);
        if (adapts)
        {
            command.Add(_adaptation);
        }

        command.Add(_device);
        _threads = new ThreadsOption(command);
    }

    public Claim Read(ParseResult parsed)
    {
        _threads.Apply(parsed);
        return new(
            parsed.GetValue(_from)!, parsed.GetValue(_data)!,
            Directory.CreateDirectory(parsed.GetValue(_output)!).FullName, parsed.GetValue(_recipe),
            parsed.GetValue(_overrides) ?? [], parsed.GetValue(_adaptation), Devices.Parse(parsed.GetValue(_device)!));
    }
}

/// <summary>What a claim starts from, and where it goes.</summary>
/// <param name="From">The checkpoint directory that every run starts from.</param>
/// <param name="Data">The data folder.</param>
/// <param name="Output">The folder of the results.</param>
/// <param name="Recipe">A contrastive recipe in place of the claim's own, or none.</param>
/// <param name="Overrides">Fields in place of the contrastive recipe's.</param>
/// <param name="AdaptationRecipe">A recipe of the adaptation phase in place of ours, or none.</param>
/// <param name="Device">Where models are trained and used.</param>
internal sealed record Claim(
    string From, string Data, string Output, string? Recipe, IReadOnlyList<string> Overrides, string? AdaptationRecipe,
    Device Device)
{
    /// <summary>A contrastive recipe of ours, or the one in its place, with the overrides.</summary>
    /// <exception cref="InvalidDataException">It is not one of pairs that a model alone encodes.</exception>
    public ContrastiveRecipe Contrastive(string name)
    {
        var path = Recipe ?? PathOf(name);
        var recipe = RecipeFile.Load<ContrastiveRecipe>(path, Overrides);
        return recipe.QueryTable is null && recipe.Losses.Any(loss => loss.Kind == LossKind.InfoNce)
            ? recipe
            : throw new InvalidDataException($"{path}: a claim needs the loss info_nce, and no query_table.");
    }

    /// <summary>The recipe of an adaptation phase.</summary>
    public LanguageModelRecipe Adaptation() =>
        RecipeFile.Load<LanguageModelRecipe>(AdaptationRecipe ?? PathOf("adapt.json"));

    /// <summary>A copy of what every run starts from.</summary>
    public Checkpoint Start() => Checkpoint.Load(From, device: Device);

    /// <summary>A collection's test part.</summary>
    public BeirCollection Collection(string name) => BeirCollection.Load(Path.Combine(Data, name), "test");

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Recipes", name);
}
