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
        var count = 0L;
        foreach (var lines in Format(format, records))
        {
            file.Write(lines.Span);
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
        var (count, number) = (0L, 0);
        FileStream? file = null;
        try
        {
            foreach (var lines in Format(format, records))
            {
                if (file is null || (file.Length > 0 && file.Length + lines.Length > maxBytes))
                {
                    file?.Dispose();
                    file = File.Create(Path.Combine(directory, $"{name}-{++number:D6}.ndjson"));
                }

                file.Write(lines.Span);
                count++;
            }
        }
        finally
        {
            file?.Dispose();
        }

        return count;
    }

    // The memory of each record is used again for the next.
    private static IEnumerable<ReadOnlyMemory<byte>> Format(IVectorFormat format, IEnumerable<VectorRecord> records)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var record in records)
        {
            lines.ResetWrittenCount();
            format.Write(lines, record);
            yield return lines.WrittenMemory;
        }
    }
}
