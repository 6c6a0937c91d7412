namespace LuceneLsr.Tokenization.Weights;

/// <summary>A tensor's entry in the header of a <c>.safetensors</c> file.</summary>
/// <param name="Dtype">The name of the stored dtype, such as "F32".</param>
/// <param name="Shape">The shape.</param>
/// <param name="Start">The offset of the first byte, from the start of the data.</param>
/// <param name="End">The offset after the last byte.</param>
internal sealed record SafetensorsEntry(string Dtype, long[] Shape, long Start, long End)
{
    /// <summary>Gets the number of bytes.</summary>
    public long Length => End - Start;
}
