namespace LuceneLsr.Storage.Layouts;

/// <summary>
/// How a term's postings are stored in memory or in a file. Index files contain these values, so never change them.
/// </summary>
internal enum PostingLayout : byte
{
    /// <summary>Bit-packed blocks; see <see cref="PackedLayout"/>.</summary>
    Packed = 0,

    /// <summary>One byte per document; see <see cref="DenseLayout"/>.</summary>
    Dense = 1,

    /// <summary>Grouped by document range, impacts of one byte; see <see cref="RangedLayout{TImpact}"/>.</summary>
    RangedUInt8 = 2,

    /// <summary>Grouped by document range, impacts of two bytes; see <see cref="RangedLayout{TImpact}"/>.</summary>
    RangedUInt16 = 3,

    /// <summary>Grouped by document range, impacts of four bytes; see <see cref="RangedLayout{TImpact}"/>.</summary>
    RangedInt32 = 4,

    /// <summary>One bit per document, impacts of one byte; see <see cref="BitmapLayout"/>.</summary>
    Bitmap = 5,
}
