namespace LuceneLsr.Tokenization.Encoders;

/// <summary>Computes the next element of a sequence on another thread while the current one is in use.</summary>
internal static class Prefetcher
{
    public static IEnumerable<T> Prefetch<T>(IEnumerable<T> source)
    {
        using var elements = source.GetEnumerator();
        var next = Task.Run(elements.MoveNext);
        try
        {
            while (next.GetAwaiter().GetResult())
            {
                var element = elements.Current;
                next = Task.Run(elements.MoveNext);
                yield return element;
            }
        }
        finally
        {
            Task.WaitAny(next); // never throws, and the enumerator must not be disposed while it moves
        }
    }
}
