namespace LuceneLsr.Torch.Configs;

/// <summary>
/// The frequency bands of Llama 3.1's scaling. Frequencies with more than <paramref name="HighFreqFactor"/> turns
/// within the original context length stay as they are, those with fewer than <paramref name="LowFreqFactor"/> are
/// divided, and those between are interpolated.
/// </summary>
/// <param name="LowFreqFactor">The number of turns below which a frequency is low.</param>
/// <param name="HighFreqFactor">The number of turns above which a frequency is high. More than the low factor.</param>
/// <param name="OriginalMaxPositionEmbeddings">The context length of pretraining.</param>
public sealed record FrequencyBands(double LowFreqFactor, double HighFreqFactor, int OriginalMaxPositionEmbeddings);
