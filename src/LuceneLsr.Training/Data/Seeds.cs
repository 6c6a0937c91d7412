namespace LuceneLsr.Training.Data;

/// <summary>Creates random number generators that do not depend on earlier draws, so that runs can resume.</summary>
internal static class Seeds
{
    /// <summary>Creates a generator for a place in a run. It is the same on every machine.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="place">The numbers that identify the place, such as source and epoch.</param>
    public static Random CreateRandom(int seed, params ReadOnlySpan<long> place)
    {
        var mixed = Mix((ulong)seed);
        foreach (var number in place)
        {
            mixed = Mix(mixed ^ (ulong)number);
        }

        return new Random((int)mixed);
    }

    // SplitMix64 (Steele et al., "Fast Splittable Pseudorandom Number Generators", 2014).
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
