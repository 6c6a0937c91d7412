using LuceneLsr.Torch.Weights;

namespace LuceneLsr.Onnx.Export;

/// <summary>The precision of each part of a model in an ONNX file. Norms and biases are always F32.</summary>
/// <remarks>
/// With <see cref="Precision.Int8"/>, inputs of products are quantized to 7 bits, with one scale per token. With
/// <see cref="Precision.Int4"/>, the file has 4 bits per weight, and products are computed as with
/// <see cref="Precision.Int8"/>. <see cref="Precision.BFloat16"/> is not supported, because ONNX Runtime does not
/// compute in it on a CPU.
/// </remarks>
public sealed record OnnxExportOptions
{
    /// <summary>Gets the precision of the layers.</summary>
    public Precision Layers { get; init; } = Precision.Float32;

    /// <summary>Gets the precision of the embeddings, and of the head if it shares them.</summary>
    public Precision Embeddings { get; init; } = Precision.Float32;

    /// <summary>Gets the precision of a head that does not share the embeddings.</summary>
    public Precision Head { get; init; } = Precision.Float32;

    /// <summary>Creates options with one precision for all parts.</summary>
    public static OnnxExportOptions All(Precision precision) =>
        new() { Layers = precision, Embeddings = precision, Head = precision };
}
