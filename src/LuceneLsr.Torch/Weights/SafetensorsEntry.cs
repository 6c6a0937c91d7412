using static TorchSharp.torch;

namespace LuceneLsr.Torch.Weights;

/// <summary>A tensor's entry in the header of a <c>.safetensors</c> file.</summary>
/// <param name="Dtype">The stored dtype.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Start">The offset of the first byte, from the start of the data.</param>
/// <param name="End">The offset after the last byte.</param>
internal sealed record SafetensorsEntry(ScalarType Dtype, long[] Shape, long Start, long End)
{
    /// <summary>Gets the number of bytes.</summary>
    public long Length => End - Start;
}
