using System.Buffers;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>A file format for encoded texts.</summary>
public interface IVectorFormat
{
    /// <summary>Writes a record as UTF-8 lines that end with a line feed.</summary>
    /// <exception cref="InvalidDataException">
    /// The format cannot represent the record. The message names its id.
    /// </exception>
    void Write(IBufferWriter<byte> output, VectorRecord record);
}
