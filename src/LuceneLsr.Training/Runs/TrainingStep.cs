namespace LuceneLsr.Training.Runs;

/// <summary>The outcome of one optimizer step.</summary>
/// <param name="Step">The step, counted from 1.</param>
/// <param name="Source">The name of the step's data source, or several joined by "+".</param>
/// <param name="Figures">
/// The figures by name, with the same names and order in every step of a run: the task's own (losses, active terms),
/// then "gradient_norm", "learning_rate", "tokens_per_second" and "seconds".
/// </param>
public sealed record TrainingStep(int Step, string Source, IReadOnlyList<(string Name, double Value)> Figures);
