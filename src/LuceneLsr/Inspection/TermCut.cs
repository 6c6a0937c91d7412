namespace LuceneLsr.Inspection;

/// <summary>Why a term of a vector is not indexed.</summary>
public enum TermCut
{
    /// <summary>It is indexed.</summary>
    None,

    /// <summary>Pruning drops it.</summary>
    Pruning,

    /// <summary>Its impact is 0.</summary>
    Quantization,
}
