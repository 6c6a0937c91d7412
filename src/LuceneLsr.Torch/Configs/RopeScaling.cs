namespace LuceneLsr.Torch.Configs;

/// <summary>The scaling of rotary frequencies for texts longer than those of pretraining.</summary>
/// <param name="Factor">The divisor of low frequencies.</param>
/// <param name="Bands">
/// The bands of Llama 3 ("llama3"). Null divides all frequencies, which interpolates positions ("linear", Chen et al.,
/// 2023).
/// </param>
public sealed record RopeScaling(double Factor, FrequencyBands? Bands = null)
{
    /// <summary>Scales a frequency, in radians per position.</summary>
    internal double Scale(double frequency)
    {
        if (Bands is null)
        {
            return frequency / Factor;
        }

        var turns = Bands.OriginalMaxPositionEmbeddings * frequency / (2 * Math.PI); // within the original context
        var kept = Math.Clamp((turns - Bands.LowFreqFactor) / (Bands.HighFreqFactor - Bands.LowFreqFactor), 0, 1);
        return (kept * frequency) + ((1 - kept) * frequency / Factor);
    }
}
