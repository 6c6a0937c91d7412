namespace LuceneLsr.Search.Scoring;

/// <summary>Selects the largest values without sorting (Hoare, "Algorithm 65: Find", 1961).</summary>
internal static class Quickselect
{
    /// <summary>
    /// Moves the largest values to the front. The smallest of them comes last; the others are in no particular order.
    /// </summary>
    /// <param name="values">The values.</param>
    /// <param name="count">Number of values to select, from 1 to the number of values.</param>
    public static void MoveLargestToFront(Span<long> values, int count)
    {
        int last = count - 1, from = 0, to = values.Length - 1;
        while (from < to)
        {
            var (left, right) = Partition(values, from, to);
            if (last <= right)
            {
                to = right;
            }
            else if (last >= left)
            {
                from = left;
            }
            else
            {
                return;
            }
        }
    }

    // Afterwards the values up to Right are at least the pivot, those from Left on at most the pivot.
    private static (int Left, int Right) Partition(Span<long> values, int from, int to)
    {
        var pivot = MedianOfThree(values[from], values[from + ((to - from) / 2)], values[to]);
        int left = from, right = to;
        while (left <= right)
        {
            while (values[left] > pivot)
            {
                left++;
            }

            while (values[right] < pivot)
            {
                right--;
            }

            if (left <= right)
            {
                (values[left], values[right]) = (values[right], values[left]);
                left++;
                right--;
            }
        }

        return (left, right);
    }

    private static long MedianOfThree(long a, long b, long c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
