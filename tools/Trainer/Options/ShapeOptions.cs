using System.CommandLine;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Training.Models;

namespace LuceneLsr.Tools.Trainer.Options;

/// <summary>Options that set the shape of a new model.</summary>
internal sealed class ShapeOptions
{
    private static readonly ModelShape Defaults = new();
    private static readonly int MaxDocumentTokens = new LsrSettings().MaxTokens.Document;

    private readonly Option<int> _vocabulary =
        CreateOption("--vocabulary", "Number of tokens in the vocabulary.", Defaults.VocabularySize);

    private readonly Option<int> _hidden = CreateOption("--hidden", "Hidden size.", Defaults.HiddenSize);
    private readonly Option<int> _intermediate =
        CreateOption("--intermediate", "Intermediate size of the feed-forward layers.", Defaults.IntermediateSize);

    private readonly Option<int> _layers = CreateOption("--layers", "Number of decoder layers.", Defaults.Layers);
    private readonly Option<int> _heads =
        CreateOption("--heads", "Number of attention heads per layer.", Defaults.Heads);
    private readonly Option<int> _positions =
        CreateOption("--max-positions", "Context length in tokens.", Defaults.MaxPositions)
            .Require(
                positions => positions >= MaxDocumentTokens,
                $"at least {MaxDocumentTokens}, the maximum number of document tokens");

    /// <summary>Adds the options to a command.</summary>
    public ShapeOptions(Command command)
    {
        foreach (var option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>Gets the options.</summary>
    public IReadOnlyList<Option> All => [_vocabulary, _hidden, _intermediate, _layers, _heads, _positions];

    /// <summary>Gets the shape.</summary>
    public ModelShape Read(ParseResult parsed) => new()
    {
        VocabularySize = parsed.GetValue(_vocabulary),
        HiddenSize = parsed.GetValue(_hidden),
        IntermediateSize = parsed.GetValue(_intermediate),
        Layers = parsed.GetValue(_layers),
        Heads = parsed.GetValue(_heads),
        MaxPositions = parsed.GetValue(_positions),
    };

    private static Option<int> CreateOption(string name, string description, int value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
