using Lucene.Net.Codecs;
using Lucene.Net.Codecs.Lucene41;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using Lucene.Net.Util.Packed;
using LuceneLsr.Storage.Files;
using LuceneLsr.Storage.Packing;

namespace LuceneLsr.Codecs.Lucene41;

/// <summary>
/// A mapped ".doc" file of <see cref="Lucene41PostingsFormat"/>. The start of a term's postings is private to Lucene's
/// reader, so this class also opens that reader and records its seeks.
/// </summary>
internal sealed class Lucene41DocFile : IDisposable
{
    private const string DocCodecName = "Lucene41PostingsWriterDoc";
    private const int MaxWidth = 32; // bits

    private readonly SegmentFile _file;
    private readonly CompoundFileDirectory? _compound;
    private readonly SeekRecorder _seeks;
    private readonly Lucene41PostingsReader _reader;
    private readonly PackedInt32s.Format[] _formats;
    private DocsEnum? _docs;

    private Lucene41DocFile(
        SegmentFile file, CompoundFileDirectory? compound, SeekRecorder seeks, Lucene41PostingsReader reader)
    {
        _file = file;
        _compound = compound;
        _seeks = seeks;
        _reader = reader;
        _formats = ReadFormats((IndexInput)seeks.Input.Clone());
    }

    /// <summary>Opens a segment's file, or returns null if it cannot be mapped or unpacked.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="suffix">The file's segment suffix.</param>
    /// <exception cref="IOException">The file does not exist, cannot be read or is corrupt.</exception>
    public static Lucene41DocFile? TryOpen(SegmentInfo segment, string suffix)
    {
        var opened = new List<IDisposable>();
        try
        {
            if (TryOpen(segment, suffix, opened) is { _formats.Length: > 0 } file)
            {
                return file;
            }
        }
        catch
        {
            IOUtils.DisposeWhileHandlingException(opened);
            throw;
        }

        IOUtils.Dispose(opened);
        return null;
    }

    /// <summary>Opens a cursor before a term's first posting.</summary>
    public PackedPostingCursor OpenCursor(FieldInfo info, BlockTermState term)
    {
        long start;
        lock (_seeks)
        {
            _docs = _reader.Docs(info, term, liveDocs: null, _docs, DocsFlags.FREQS);
            start = _seeks.LastSeek;
        }

        var bytes = _file.Slice(start, (int)Math.Min(int.MaxValue, _file.Length - start));
        return new PackedPostingCursor(bytes, _formats, term.DocFreq);
    }

    /// <inheritdoc/>
    public void Dispose() => IOUtils.Dispose(_file, _reader, _compound);

    private static Lucene41DocFile? TryOpen(SegmentInfo segment, string suffix, List<IDisposable> opened)
    {
        var compound = segment.UseCompoundFile ? segment.OpenCompoundFile() : null;
        opened.AddRange(compound is null ? [] : [compound]);
        var files = compound ?? segment.Dir;
        var name = IndexFileNames.SegmentFileName(segment.Name, suffix, Lucene41PostingsFormat.DOC_EXTENSION);
        if (SegmentFile.TryMap(files, name) is not { } mapped)
        {
            return null;
        }

        opened.Add(mapped);
        var directory = new SeekRecordingDirectory(files);
        var reader = new Lucene41PostingsReader(directory, new FieldInfos([]), segment, IOContext.READ, suffix);
        opened.Add(reader);
        return new Lucene41DocFile(mapped, compound, directory.LastOpened!, reader);
    }

    // Reads the format of each width from the file's header. Returns none if the writer widened the numbers for speed
    // or packed them in an unsupported way.
    private static PackedInt32s.Format[] ReadFormats(IndexInput input)
    {
        input.Seek(CodecUtil.HeaderLength(DocCodecName));
        PackedInt32s.CheckVersion(input.ReadVInt32());
        var formats = new PackedInt32s.Format[MaxWidth];
        var isSupported = true;
        for (var i = 0; i < MaxWidth; i++)
        {
            var code = input.ReadVInt32(); // format, then 5 bits of width - 1
            formats[i] = PackedInt32s.Format.ById(code >>> 5);
            isSupported &= (code & 31) == i && PackedBlock.IsSupported(formats[i], i + 1);
        }

        return isSupported ? formats : [];
    }
}
