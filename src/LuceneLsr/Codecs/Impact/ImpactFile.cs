using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;

namespace LuceneLsr.Codecs.Impact;

/// <summary>What the files of an <see cref="ImpactPostingsFormat"/> have in common.</summary>
internal static class ImpactFile
{
    private const string Extension = "imp";
    private const int Version = 0;

    /// <summary>The name of the file with the postings.</summary>
    public static string Name(SegmentInfo segment, string suffix) =>
        IndexFileNames.SegmentFileName(segment.Name, suffix, Extension);

    /// <summary>Tells the codec and the version.</summary>
    public static void WriteHeader(IndexOutput output) =>
        CodecUtil.WriteHeader(output, ImpactPostingsFormat.FormatName, Version);

    /// <summary>Reads what <see cref="WriteHeader"/> wrote.</summary>
    /// <exception cref="CorruptIndexException">It is another file, or of a newer version.</exception>
    public static void CheckHeader(IndexInput input)
    {
        var version = CodecUtil.CheckHeader(
            input, ImpactPostingsFormat.FormatName, minVersion: 0, maxVersion: int.MaxValue);
        if (version > Version)
        {
            throw new CorruptIndexException(
                $"the file is of version {version}, newer than {Version}: update LuceneLsr (resource: {input})");
        }
    }
}
