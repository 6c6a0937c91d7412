using System.Buffers;
using LuceneLsr.VectorFiles.Formats;

namespace LuceneLsr.VectorFiles.Exports;

/// <summary>Writes records into files of a directory.</summary>
internal static class ExportFiles
{
    /// <summary>Writes all records into one file.</summary>
    /// <returns>The number of records.</returns>
    public static long Write(string path, IVectorFormat format, IEnumerable<VectorRecord> records)
    {
        using var file = File.Create(path);
        var (line, count) = (new ArrayBufferWriter<byte>(), 0L);
        foreach (var record in records)
        {
            line.ResetWrittenCount();
            format.Write(line, record);
            file.Write(line.WrittenSpan);
            count++;
        }

        return count;
    }

    /// <summary>
    /// Writes records into numbered files of a limited length, one per request. A longer record has a file of its own.
    /// </summary>
    /// <returns>The number of records.</returns>
    public static long WriteRequests(
        string directory, string name, IVectorFormat format, IEnumerable<VectorRecord> records, long maxBytes)
    {
        var (line, count, number) = (new ArrayBufferWriter<byte>(), 0L, 0);
        FileStream? file = null;
        try
        {
            foreach (var record in records)
            {
                line.ResetWrittenCount();
                format.Write(line, record);
                if (file is null || (file.Length > 0 && file.Length + line.WrittenCount > maxBytes))
                {
                    file?.Dispose();
                    file = File.Create(Path.Combine(directory, $"{name}-{++number:D6}.ndjson"));
                }

                file.Write(line.WrittenSpan);
                count++;
            }
        }
        finally
        {
            file?.Dispose();
        }

        return count;
    }
}
