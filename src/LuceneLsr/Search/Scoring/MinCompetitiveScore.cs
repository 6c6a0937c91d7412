namespace LuceneLsr.Search.Scoring;

/// <summary>
/// The minimum score of a competitive hit, shared by the threads that search the segments of one query. A document with
/// a lower score cannot be among the top hits.
/// </summary>
internal sealed class MinCompetitiveScore
{
    private float _value = float.NegativeInfinity;

    /// <summary>Gets the score.</summary>
    public float Value => Volatile.Read(ref _value);

    /// <summary>Raises the score, if the given one is higher. Enough hits must reach the given score.</summary>
    public void Raise(float score)
    {
        for (var current = Value; score > current;)
        {
            var found = Interlocked.CompareExchange(ref _value, score, current);
            if (found == current)
            {
                return;
            }

            current = found;
        }
    }
}
