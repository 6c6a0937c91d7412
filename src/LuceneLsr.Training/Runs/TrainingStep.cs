namespace LuceneLsr.Training.Runs;

/// <summary>What one optimizer step came to.</summary>
/// <param name="Step">Counted from 1.</param>
/// <param name="Source">Where its data came from.</param>
/// <param name="Figures">
/// Figures by their names, always the same ones in the same order in a run: the task's own (losses, active terms), then
/// "gradient_norm", "learning_rate", "tokens_per_second" and "seconds".
/// </param>
public sealed record TrainingStep(int Step, string Source, IReadOnlyList<(string Name, double Value)> Figures);
