namespace LuceneLsr.Training.Recipes;

/// <summary>Queries without a model: a learned weight for each term, in place of the model on their side.</summary>
/// <param name="LearningRate">Peak learning rate of the table.</param>
public sealed record QueryTableSettings(double LearningRate);
