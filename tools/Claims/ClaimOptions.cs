using System.CommandLine;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Tools.Shared;
using static TorchSharp.torch;

namespace LuceneLsr.Tools.Claims;

/// <summary>What every claim's command takes.</summary>
internal sealed class ClaimOptions
{
    private readonly Option<string> _from;
    private readonly Option<string> _data = Folder("--data", "Folder of the collections and texts that recipes name.");
    private readonly Option<string> _output = Folder("--out", "Folder for the table and the plot.");
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

    private readonly Option<string> _device = DeviceOption.Create();
    private readonly ThreadsOption _threads;

    public ClaimOptions(Command command, string from)
    {
        _from = Folder("--from", from);
        command.Add(_from);
        command.Add(_data);
        command.Add(_output);
        command.Add(_recipe);
        command.Add(_overrides);
        command.Add(_device);
        _threads = new ThreadsOption(command);
    }

    public Claim Read(ParseResult parsed)
    {
        _threads.Apply(parsed);
        return new(
            parsed.GetValue(_from)!, parsed.GetValue(_data)!,
            Directory.CreateDirectory(parsed.GetValue(_output)!).FullName, parsed.GetValue(_recipe),
            parsed.GetValue(_overrides) ?? [], Devices.Parse(parsed.GetValue(_device)!));
    }

    private static Option<string> Folder(string name, string description) =>
        new(name) { Description = description, Required = true, HelpName = "DIR" };
}

/// <summary>What a claim starts from, and where it goes.</summary>
/// <param name="From">The checkpoint directory that every run starts from.</param>
/// <param name="Data">The data folder.</param>
/// <param name="Output">The folder of the results.</param>
/// <param name="Recipe">A contrastive recipe in place of the claim's own, or none.</param>
/// <param name="Overrides">Fields in place of the contrastive recipe's.</param>
/// <param name="Device">Where models are trained and used.</param>
internal sealed record Claim(
    string From, string Data, string Output, string? Recipe, IReadOnlyList<string> Overrides, Device Device)
{
    /// <summary>A contrastive recipe of ours, or the one in its place, with the overrides.</summary>
    public ContrastiveRecipe Contrastive(string name) =>
        RecipeFile.Load<ContrastiveRecipe>(Recipe ?? PathOf(name), Overrides);

    /// <summary>The recipe of an adaptation phase.</summary>
    public static LanguageModelRecipe Adaptation() => RecipeFile.Load<LanguageModelRecipe>(PathOf("adapt.json"));

    /// <summary>A copy of what every run starts from.</summary>
    public Checkpoint Start() => Checkpoint.Load(From, device: Device);

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Recipes", name);
}
