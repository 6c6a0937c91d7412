namespace LuceneLsr.Torch;

/// <summary>Enumerates a sequence one element ahead, on another thread, so that making it takes no time of its user's.</summary>
internal static class Lookahead
{
    public static IEnumerable<T> Over<T>(IEnumerable<T> source)
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
            Task.WaitAny(next); // throws nothing, and an enumerator is not disposed while it moves
        }
    }
}
