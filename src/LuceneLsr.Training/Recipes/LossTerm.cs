namespace LuceneLsr.Training.Recipes;

/// <summary>A term of the contrastive loss.</summary>
/// <param name="Kind">The kind of the loss.</param>
/// <param name="Weight">The factor of the loss in the sum.</param>
/// <param name="Temperature">The divisor of scores in losses with a softmax.</param>
public sealed record LossTerm(LossKind Kind, double Weight = 1, double Temperature = 1)
{
    internal bool NeedsTeacherScores => Kind is LossKind.Kl or LossKind.MarginMse;

    internal bool NeedsTeachers => Kind is LossKind.InBatchKl or LossKind.InBatchMarginMse;

    internal void Validate(string field)
    {
        RecipeRules.RequirePositive(Weight, $"{field}.weight");
        RecipeRules.RequirePositive(Temperature, $"{field}.temperature");
    }
}
