using System.CommandLine;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Torch.Modules;
using LuceneLsr.Training.Models;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>The size of a new model.</summary>
internal sealed class ShapeOptions
{
    private static readonly ModelShape Defaults = new();
    private static readonly int LongestText = new LsrSettings().MaxTokens.Document;

    private readonly Option<int> _vocabulary = Number("--vocabulary", "Tokens to learn.", Defaults.VocabularySize);
    private readonly Option<int> _hidden = Number("--hidden", "Width of the model.", Defaults.HiddenSize);
    private readonly Option<int> _intermediate =
        Number("--intermediate", "Width of its feed-forward layers.", Defaults.IntermediateSize);

    private readonly Option<int> _layers = Number("--layers", "Decoder layers.", Defaults.Layers);
    private readonly Option<int> _heads = Number("--heads", "Attention heads.", Defaults.Heads);
    private readonly Option<int> _positions =
        Number("--max-positions", "The model's window, in tokens.", Defaults.MaxPositions)
            .Require(positions => positions >= LongestText, $"at least {LongestText}, what is read of a document");

    /// <summary>Adds the options to a command.</summary>
    public ShapeOptions(Command command)
    {
        foreach (var option in new[] { _vocabulary, _hidden, _intermediate, _layers, _heads, _positions })
        {
            command.Add(option);
        }
    }

    public ModelShape Read(ParseResult parsed) => new()
    {
        VocabularySize = parsed.GetValue(_vocabulary),
        HiddenSize = parsed.GetValue(_hidden),
        IntermediateSize = parsed.GetValue(_intermediate),
        Layers = parsed.GetValue(_layers),
        Heads = parsed.GetValue(_heads),
        MaxPositions = parsed.GetValue(_positions),
    };

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
