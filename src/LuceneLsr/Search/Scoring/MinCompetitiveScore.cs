namespace LuceneLsr.Search.Scoring;

/// <summary>A score below which no document can be among the best hits of a search of several threads.</summary>
internal sealed class MinCompetitiveScore
{
    private float _score = float.NegativeInfinity;

    /// <summary>The score.</summary>
    public float Score => Volatile.Read(ref _score);

    /// <summary>Takes the score of a segment's last wanted hit.</summary>
    public void Raise(float score)
    {
        for (var known = Score; score > known;)
        {
            var found = Interlocked.CompareExchange(ref _score, score, known);
            if (found == known)
            {
                return;
            }

            known = found;
        }
    }
}
