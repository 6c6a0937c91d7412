namespace LuceneLsr.Training.Tasks;

/// <summary>What one batch came to.</summary>
/// <param name="Source">Where its data came from.</param>
/// <param name="Tokens">Tokens that the model read.</param>
/// <param name="Figures">Figures by their names, always the same ones in the same order.</param>
public sealed record BatchResult(string Source, long Tokens, IReadOnlyList<(string Name, double Value)> Figures);
