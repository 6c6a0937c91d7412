using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;

namespace LuceneLsr.Codecs.Impact;

/// <summary>Names the files of the <see cref="ImpactPostingsFormat"/> and handles their headers.</summary>
internal static class ImpactFile
{
    /// <summary>The name of the format in an index, and of the codec in file headers.</summary>
    public const string FormatName = "LuceneLsrImpacts";

    private const string Extension = "imp";
    private const int Version = 0;

    /// <summary>Returns the name of the postings file.</summary>
    public static string GetName(SegmentInfo segment, string suffix) =>
        IndexFileNames.SegmentFileName(segment.Name, suffix, Extension);

    /// <summary>Writes the codec name and version.</summary>
    public static void WriteHeader(IndexOutput output) =>
        CodecUtil.WriteHeader(output, FormatName, Version);

    /// <summary>Reads a header and checks its codec name and version.</summary>
    /// <exception cref="CorruptIndexException">The file has a different codec name or a newer version.</exception>
    public static void CheckHeader(IndexInput input)
    {
        var version = CodecUtil.CheckHeader(input, FormatName, minVersion: 0, maxVersion: int.MaxValue);
        if (version > Version)
        {
            throw new CorruptIndexException(
                $"Impact postings of version {version} are newer than this program, which reads version {Version}. "
                + $"Update LuceneLsr (resource: {input}).");
        }
    }
}
