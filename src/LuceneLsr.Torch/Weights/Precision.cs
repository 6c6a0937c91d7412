namespace LuceneLsr.Torch.Weights;

/// <summary>The number format of a model's matrices, in memory or in a file.</summary>
/// <remarks>
/// Norms and biases are always floating-point. On a GPU, and on processors with BF16 instructions, quantized matrices
/// are multiplied in BF16, which rounds the inputs to 8 significant bits. Vectors therefore differ slightly between
/// machines.
/// </remarks>
public enum Precision
{
    /// <summary>32-bit floating point.</summary>
    Float32,

    /// <summary>BF16, for weights and activations. Fast on processors with BF16 instructions.</summary>
    BFloat16,

    /// <summary>8-bit integers with one scale per row, for all matrices including embeddings and head.</summary>
    Int8,

    /// <summary>
    /// 4-bit integers with one scale per 32 columns, for the matrices of the layers. Embeddings and head, which
    /// lose most at 4 bits, and matrices whose width is not a multiple of 32 are stored as <see cref="Int8"/>.
    /// </summary>
    Int4,
}
