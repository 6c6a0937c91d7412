namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>How an index stores impacts. Results do not depend on it.</summary>
public enum PostingCodec
{
    /// <summary>Lucene's default codec.</summary>
    Default,

    /// <summary>The fast setting of the <see cref="Codecs.Impact.ImpactCodec"/>.</summary>
    Impact,

    /// <summary>The compact setting of the <see cref="Codecs.Impact.ImpactCodec"/>.</summary>
    Compact,
}
