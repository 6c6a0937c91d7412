using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LuceneLsr.Storage.Packing;

/// <summary>Turns document gaps into documents.</summary>
internal static class PrefixSums
{
    private static readonly Vector256<int> Last = Vector256.Create(7);

    /// <summary>Replaces each number by the sum of the numbers up to it.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="start">Added to all sums.</param>
    /// <returns>The last sum, or <paramref name="start"/> if there is no number.</returns>
    public static int Compute(Span<int> numbers, int start)
    {
        var computed = Avx2.IsSupported ? ComputeVectors(numbers, start) : 0;
        var sum = computed > 0 ? numbers[computed - 1] : start;
        foreach (ref var number in numbers[computed..])
        {
            number = sum += number;
        }

        return sum;
    }

    // Returns how many sums were computed. Hillis and Steele, "Data parallel algorithms", 1986: adds the vector to
    // itself, moved by one number, then by two, then adds the sum of the lower half to the upper one.
    private static int ComputeVectors(Span<int> numbers, int start)
    {
        var carry = Vector256.Create(start);
        var i = 0;
        for (; i <= numbers.Length - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            var sums = Vector256.Create<int>(numbers[i..]);
            sums += Avx2.ShiftLeftLogical128BitLane(sums, sizeof(int));
            sums += Avx2.ShiftLeftLogical128BitLane(sums, 2 * sizeof(int));
            var lower = Avx2.Permute2x128(sums, sums, 0x08); // zero, then the lower half
            sums += Avx2.Shuffle(lower, 0xff) + carry; // its last number, four times
            carry = Avx2.PermuteVar8x32(sums, Last);
            sums.CopyTo(numbers[i..]);
        }

        return i;
    }
}
