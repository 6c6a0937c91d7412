namespace LuceneLsr.Training.Tasks;

/// <summary>The outcome of one batch.</summary>
/// <param name="Source">The name of the data source.</param>
/// <param name="Tokens">The number of tokens of the batch's texts.</param>
/// <param name="Figures">The figures by name; names and order are the same for every batch of a task.</param>
internal sealed record BatchResult(string Source, long Tokens, IReadOnlyList<(string Name, double Value)> Figures);
