namespace LuceneLsr.Training.Recipes;

/// <summary>
/// The settings of a query table, a learned weight per term that replaces the model on the query side.
/// </summary>
/// <param name="LearningRate">The peak learning rate of the table.</param>
public sealed record QueryTableSettings(double LearningRate);
