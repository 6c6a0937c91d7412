namespace LuceneLsr.Storage.Layouts;

/// <summary>
/// How a term's postings lie in memory or in a file. The numbers stand in files of the
/// <see cref="Codecs.ImpactPostingsFormat"/>.
/// </summary>
internal enum PostingLayout : byte
{
    /// <summary><see cref="PackedLayout"/>.</summary>
    Packed = 0,

    /// <summary><see cref="DenseLayout"/>.</summary>
    Dense = 1,

    /// <summary><see cref="RangedLayout{TImpact}"/> with impacts of one byte.</summary>
    RangedUInt8 = 2,

    /// <summary><see cref="RangedLayout{TImpact}"/> with impacts of two bytes.</summary>
    RangedUInt16 = 3,

    /// <summary><see cref="RangedLayout{TImpact}"/> with impacts of four bytes.</summary>
    RangedInt32 = 4,
}
