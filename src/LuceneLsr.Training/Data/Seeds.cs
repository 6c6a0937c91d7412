namespace LuceneLsr.Training.Data;

/// <summary>Random numbers for a place in a run, which do not depend on what was drawn before it.</summary>
internal static class Seeds
{
    /// <summary>A generator for a seed and the numbers of a place, the same on every machine.</summary>
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
