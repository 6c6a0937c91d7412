using System.Buffers;

namespace LuceneLsr.VectorFiles.Formats;

/// <summary>A form of encoded texts that some engine reads.</summary>
public interface IVectorFormat
{
    /// <summary>Writes a record as whole lines of UTF-8, each ended by a line feed.</summary>
    /// <exception cref="InvalidDataException">The form cannot hold the record; the message names its id.</exception>
    void Write(IBufferWriter<byte> output, VectorRecord record);
}
