namespace LuceneLsr.Postings.Layouts;

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

    /// <summary><see cref="WindowedLayout{TImpact}"/> with impacts of one byte.</summary>
    WindowedBytes = 2,

    /// <summary><see cref="WindowedLayout{TImpact}"/> with impacts of two bytes.</summary>
    WindowedShorts = 3,

    /// <summary><see cref="WindowedLayout{TImpact}"/> with impacts of four bytes.</summary>
    WindowedIntegers = 4,
}
