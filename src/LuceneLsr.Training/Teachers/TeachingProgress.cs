namespace LuceneLsr.Training.Teachers;

/// <summary>The progress of encoding the texts of a run.</summary>
/// <param name="Share">The share of the run's batches whose texts have been encoded, from 0 to 1.</param>
/// <param name="Encoded">The number of texts encoded.</param>
/// <param name="Skipped">The number of texts that had vectors before.</param>
public readonly record struct TeachingProgress(double Share, int Encoded, int Skipped);
