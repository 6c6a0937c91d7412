namespace LuceneLsr.VectorFiles;

/// <summary>The progress of a <see cref="VectorFileEncoder"/>.</summary>
/// <param name="Skipped">The number of texts whose vectors an earlier run left in the file.</param>
/// <param name="Encoded">The number of texts that this run encoded and wrote.</param>
public readonly record struct VectorFileProgress(long Skipped, long Encoded)
{
    /// <summary>Gets the number of texts whose vectors are in the file.</summary>
    public long Total => Skipped + Encoded;
}
