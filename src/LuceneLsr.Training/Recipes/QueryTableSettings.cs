namespace LuceneLsr.Training.Recipes;

/// <summary>
/// The settings of a query table, a learned weight per term that can replace the model on the query side.
/// </summary>
/// <param name="LearningRate">The peak learning rate of the table.</param>
/// <param name="WithModel">
/// Whether the model encodes queries, too. Then the losses of both are added, and documents learn to suit both.
/// </param>
public sealed record QueryTableSettings(double LearningRate, bool WithModel = false);
