namespace LuceneLsr.VectorFiles;

/// <summary>How far a <see cref="VectorFileEncoder"/> has come.</summary>
/// <param name="Skipped">Texts whose vectors an earlier run had left in the file.</param>
/// <param name="Encoded">Texts that this run has encoded and written.</param>
public readonly record struct VectorFileProgress(long Skipped, long Encoded)
{
    /// <summary>Texts whose vectors are in the file.</summary>
    public long Total => Skipped + Encoded;
}
