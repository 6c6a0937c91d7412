namespace LuceneLsr.VectorFiles.Exports;

/// <summary>Writes all files that an engine needs to index and search the vectors of a collection.</summary>
public interface IVectorExport
{
    /// <summary>Writes the files to a directory.</summary>
    /// <exception cref="InvalidDataException">
    /// The engine cannot represent a record. The message names its id.
    /// </exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    ExportSummary Write(ExportSource source, string directory);
}
