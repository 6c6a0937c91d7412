namespace LuceneLsr.Torch.Checkpoints;

/// <summary>How rotary frequencies are stretched for texts longer than those of pretraining.</summary>
/// <param name="Factor">By how much the slow ones are divided.</param>
/// <param name="Bands">
/// Which are slow ("llama3"); null: all of them are divided, which interpolates positions ("linear", Chen et al.,
/// 2023).
/// </param>
public sealed record RopeScaling(double Factor, FrequencyBands? Bands = null)
{
    /// <summary>The frequency for one of the model's, in radians a position.</summary>
    public double Scale(double frequency)
    {
        if (Bands is null)
        {
            return frequency / Factor;
        }

        var turns = Bands.OriginalMaxPositionEmbeddings * frequency / (2 * Math.PI); // within the original window
        var kept = Math.Clamp((turns - Bands.LowFreqFactor) / (Bands.HighFreqFactor - Bands.LowFreqFactor), 0, 1);
        return (kept * frequency) + ((1 - kept) * frequency / Factor);
    }
}

/// <summary>
/// The bands of Llama 3.1's scaling: frequencies that turn more often than the high factor within the original window
/// stay, those that turn less often than the low factor are divided, those between are blended.
/// </summary>
/// <param name="LowFreqFactor">Turns below which a frequency is slow.</param>
/// <param name="HighFreqFactor">Turns above which a frequency is fast; more than the low factor.</param>
/// <param name="OriginalMaxPositionEmbeddings">Positions of the original window.</param>
public sealed record FrequencyBands(double LowFreqFactor, double HighFreqFactor, int OriginalMaxPositionEmbeddings);
