namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>The cost that a recommendation minimizes.</summary>
public enum SweepCost
{
    /// <summary>The mean time of a query.</summary>
    Latency,

    /// <summary>The postings that a query scores, which do not depend on the machine.</summary>
    Postings,

    /// <summary>The size of the index.</summary>
    Bytes,
}
