using LuceneLsr.Files;

namespace LuceneLsr.Training.Recipes;

/// <summary>
/// The data and the settings of a run that predicts tokens of plain text: pretraining, or the light adaptation of
/// CSPLADE.
/// </summary>
public sealed record LanguageModelRecipe : RunRecipe
{
    /// <summary>
    /// Gets the number of tokens in a sequence, special tokens included. Texts are packed end to end.
    /// </summary>
    public required int SequenceLength { get; init; }

    /// <summary>Gets the objective that is minimized.</summary>
    public required LanguageModelObjective Objective { get; init; }

    /// <summary>
    /// Gets the share of tokens that are masked for a bidirectional model. A causal model predicts every token without
    /// a mask.
    /// </summary>
    public double MaskedShare { get; init; } = 0.2;

    /// <summary>
    /// Gets the paths of the texts, relative to the data directory: BEIR directories, or .jsonl(.gz) files of
    /// {"text": "..."}.
    /// </summary>
    public required IReadOnlyList<string> Texts { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require.Data(SequenceLength > 1, "sequence_length must be at least 2");
        Require.Data(MaskedShare is > 0 and < 1, "masked_share must be above 0 and below 1");
        RecipeRules.RequireNames(Texts, "texts");
    }
}
