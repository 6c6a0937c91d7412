using System.Text.Json.Serialization;
using LuceneLsr.Files;

namespace LuceneLsr.Training.Recipes;

/// <summary>A run that predicts tokens of plain text: pretraining, or CSPLADE's light adaptation.</summary>
public sealed record LanguageModelRecipe : RunRecipe
{
    /// <summary>Tokens a sequence; texts are packed end to end.</summary>
    public required int SequenceLength { get; init; }

    /// <summary>What is minimized.</summary>
    public required LanguageModelObjective Objective { get; init; }

    /// <summary>
    /// Share of the tokens that a bidirectional model has to tell from the rest (masked next-token prediction); a model
    /// that reads causally predicts every token, and needs no mask.
    /// </summary>
    public double MaskedShare { get; init; } = 0.2;

    /// <summary>The texts, relative to the data folder: BEIR folders, or .jsonl(.gz) files of {"text"}.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require.Data(SequenceLength > 1, "sequence_length must be at least 2");
        Require.Data(MaskedShare is > 0 and < 1, "masked_share must be above 0 and below 1");
        Require.Data(Texts.Count > 0 && Texts.All(text => !string.IsNullOrWhiteSpace(text)),
            "texts must not be empty, nor one of them blank");
    }
}

/// <summary>What a language model minimizes.</summary>
public enum LanguageModelObjective
{
    /// <summary>Cross-entropy on the logits.</summary>
    [JsonStringEnumMemberName("plain")]
    Plain,

    /// <summary>Also cross-entropy on log(1 + ReLU(logits)) (CSPLADE, arXiv 2504.10816, section 3.1).</summary>
    [JsonStringEnumMemberName("adaptation")]
    Adaptation,
}
