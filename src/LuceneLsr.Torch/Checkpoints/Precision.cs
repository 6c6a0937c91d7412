namespace LuceneLsr.Torch.Checkpoints;

/// <summary>
/// In which numbers a model's matrices are kept, in memory or in a file. What is no matrix (norms, biases) is always in
/// floating point. Where the processor multiplies BF16 faster than F32, and on a GPU, the products of quantized matrices
/// are those of BF16, which rounds the other factor to its 8 bits: vectors then differ a little between machines.
/// </summary>
public enum Precision
{
    /// <summary>F32.</summary>
    Float32,

    /// <summary>BF16, and so are all intermediate results: fast where the processor has it.</summary>
    BFloat16,

    /// <summary>All matrices, embeddings and head among them, as in <see cref="RowQuantization"/>.</summary>
    Int8,

    /// <summary>
    /// The layers' matrices as in <see cref="GroupQuantization"/>; embeddings and head, to which 4 bits do most harm, as
    /// in <see cref="RowQuantization"/>, and so are matrices that have no whole groups.
    /// </summary>
    Int4,
}
