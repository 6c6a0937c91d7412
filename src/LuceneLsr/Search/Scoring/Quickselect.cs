namespace LuceneLsr.Search.Scoring;

/// <summary>Selection without sorting: quickselect (Hoare, Algorithm 65: Find, 1961).</summary>
internal static class Quickselect
{
    /// <summary>Moves the largest values to the front, in any order but the smallest of them, which comes last.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="count">How many are the largest ones, 1 to all.</param>
    public static void MoveLargestToFront(Span<long> values, int count)
    {
        int last = count - 1, from = 0, to = values.Length - 1;
        while (from < to)
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

    private static long MedianOfThree(long a, long b, long c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
