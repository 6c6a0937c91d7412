namespace LuceneLsr.Storage.Layouts;

/// <summary>
/// The index of the first posting of each document range, then the number of postings; 4 bytes each. The first part of
/// the layouts that are read range by range.
/// </summary>
internal static class RangeOffsets
{
    /// <summary>Returns the number of offsets.</summary>
    public static int GetCount(int maxDoc) => DocumentRanges.GetCount(maxDoc) + 1;

    /// <summary>Returns the size of the offsets in bytes.</summary>
    public static int GetSize(int maxDoc) => GetCount(maxDoc) * sizeof(int);

    /// <summary>Computes the offsets.</summary>
    /// <param name="documents">Documents in ascending order.</param>
    /// <param name="maxDoc">Number of documents in the segment.</param>
    /// <param name="offsets">Receives the offsets; [<see cref="GetCount"/>].</param>
    public static void Compute(ReadOnlySpan<int> documents, int maxDoc, Span<int> offsets)
    {
        var rangeSize = DocumentRanges.GetSize(maxDoc);
        offsets.Clear();
        for (var i = 0; i < documents.Length; i++)
        {
            offsets[(documents[i] / rangeSize) + 1] = i + 1;
        }

        for (var range = 1; range < offsets.Length; range++)
        {
            offsets[range] = Math.Max(offsets[range], offsets[range - 1]); // an empty range starts where it ends
        }
    }
}
