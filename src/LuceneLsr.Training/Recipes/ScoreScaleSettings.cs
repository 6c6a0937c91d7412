namespace LuceneLsr.Training.Recipes;

/// <summary>
/// The settings of the learned factor on the student's scores in losses that compare them with the teachers of a
/// recipe.
/// </summary>
/// <param name="Initial">The factor before the first step.</param>
/// <param name="LearningRate">The peak learning rate of the factor's logarithm.</param>
public sealed record ScoreScaleSettings(double Initial = 0.3, double LearningRate = 0.01)
{
    internal void Validate()
    {
        RecipeRules.RequirePositive(Initial, "score_scale.initial");
        RecipeRules.RequirePositive(LearningRate, "score_scale.learning_rate");
    }
}
