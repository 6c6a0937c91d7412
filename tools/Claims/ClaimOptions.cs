using System.CommandLine;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Tools.Shared;

namespace LuceneLsr.Tools.Claims;

/// <summary>What every claim's command takes.</summary>
internal sealed class ClaimOptions
{
    private readonly Option<string> _from;
    private readonly Option<string> _data = Folder("--data", "Folder of the collections and texts that recipes name.");
    private readonly Option<string> _output = Folder("--out", "Folder for the table and the plot.");
    private readonly Option<string[]> _overrides = new("--set")
    {
        Description = "Fields in place of those of the contrastive recipe, as in steps=50.",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "FIELD=VALUE",
    };

    private readonly ThreadsOption _threads;

    public ClaimOptions(Command command, string from)
    {
        _from = Folder("--from", from);
        command.Add(_from);
        command.Add(_data);
        command.Add(_output);
        command.Add(_overrides);
        _threads = new ThreadsOption(command);
    }

    public Claim Read(ParseResult parsed)
    {
        _threads.Apply(parsed);
        return new(
            parsed.GetValue(_from)!, parsed.GetValue(_data)!,
            Directory.CreateDirectory(parsed.GetValue(_output)!).FullName, parsed.GetValue(_overrides) ?? []);
    }

    private static Option<string> Folder(string name, string description) =>
        new(name) { Description = description, Required = true, HelpName = "DIR" };
}

/// <summary>What a claim starts from, and where it goes.</summary>
/// <param name="From">The checkpoint directory that every run starts from.</param>
/// <param name="Data">The data folder.</param>
/// <param name="Output">The folder of the results.</param>
/// <param name="Overrides">Fields in place of the contrastive recipe's.</param>
internal sealed record Claim(string From, string Data, string Output, IReadOnlyList<string> Overrides)
{
    /// <summary>A recipe of ours, with the overrides.</summary>
    public ContrastiveRecipe Contrastive(string name) =>
        RecipeFile.Load<ContrastiveRecipe>(PathOf(name), Overrides);

    /// <summary>A recipe of ours.</summary>
    public static LanguageModelRecipe Adaptation(string name) => RecipeFile.Load<LanguageModelRecipe>(PathOf(name));

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Recipes", name);
}
