using LuceneLsr.Files;

namespace LuceneLsr.Training.Recipes;

/// <summary>Supervision on the weights of single terms, such as that of a person's corrections.</summary>
/// <param name="Path">
/// The JSONL file of {"side": "query", "text": "...", "targets": {"term": 0.5}}, relative to the data directory. Targets
/// are weights of the encoder; 0 means that the text should not have the term.
/// </param>
/// <param name="Weight">The weight of the mean squared error in the sum of the losses.</param>
/// <param name="BatchSize">The number of texts that are drawn for each batch of pairs.</param>
public sealed record TermTargetSettings(string Path, double Weight = 1, int BatchSize = 16)
{
    internal void Validate(string field)
    {
        Require.Data(!string.IsNullOrWhiteSpace(Path), $"{field}.path must be a file");
        RecipeRules.RequirePositive(Weight, $"{field}.weight");
        RecipeRules.RequirePositive(BatchSize, $"{field}.batch_size");
    }
}
