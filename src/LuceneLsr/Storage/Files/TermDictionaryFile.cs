using Lucene.Net.Codecs;
using Lucene.Net.Codecs.PerField;
using Lucene.Net.Index;
using Lucene.Net.Store;

namespace LuceneLsr.Storage.Files;

/// <summary>The file of a segment with the terms of a field.</summary>
internal static class TermDictionaryFile
{
    private const string Extension = "tim";

    /// <summary>
    /// Checks the checksum of the file, which is small. Lucene's enumeration of a damaged one may never end.
    /// </summary>
    /// <exception cref="CorruptIndexException">The file is damaged.</exception>
    public static void Verify(SegmentReader reader, string field)
    {
        var info = reader.FieldInfos.FieldInfo(field);
        if (info?.GetAttribute(PerFieldPostingsFormat.PER_FIELD_FORMAT_KEY) is not { } format)
        {
            return;
        }

        var segment = reader.SegmentInfo.Info;
        var suffix = $"{format}_{info.GetAttribute(PerFieldPostingsFormat.PER_FIELD_SUFFIX_KEY)}";
        var name = IndexFileNames.SegmentFileName(segment.Name, suffix, Extension);
        using var compound = segment.UseCompoundFile ? segment.OpenCompoundFile() : null;
        var files = compound ?? segment.Dir;
        if (files.ListAll().Contains(name)) // not one of another format, or of a segment that was deleted since
        {
            Verify(files, name);
        }
    }

    private static void Verify(Lucene.Net.Store.Directory files, string name)
    {
        using var input = files.OpenInput(name, IOContext.READ_ONCE);
        try
        {
            CodecUtil.ChecksumEntireFile(input);
        }
        catch (IOException exception)
        {
            throw CorruptPostings.CreateError(exception);
        }
    }
}
