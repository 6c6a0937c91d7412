namespace LuceneLsr.Search.Scoring;

/// <summary>Receives the matches of a query in a segment in document order.</summary>
internal abstract class HitCollector
{
    /// <summary>Gets the score that a document must exceed to be added.</summary>
    public virtual float Threshold => float.NegativeInfinity;

    /// <summary>
    /// Gets the number of requested hits if documents with a lower score than that many others need not be added, or 0.
    /// </summary>
    public virtual int RequestedHits => 0;

    /// <summary>Raises the threshold to a score that at least <see cref="RequestedHits"/> documents reach.</summary>
    public virtual void RaiseThreshold(float score)
    {
    }

    /// <summary>Raises the threshold, if possible, before a range of documents.</summary>
    public virtual void RefreshThreshold()
    {
    }

    /// <summary>Adds a document whose score exceeds the threshold.</summary>
    /// <param name="document">The document in its segment.</param>
    /// <param name="score">Its score.</param>
    public abstract void Add(int document, float score);

    /// <summary>Counts matches that are not added.</summary>
    public abstract void Skip(int matches);

    /// <summary>Called after the last document.</summary>
    public virtual void Complete()
    {
    }
}
