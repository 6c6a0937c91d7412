using System.Runtime.CompilerServices;
using Lucene.Net.Codecs;
using Lucene.Net.Codecs.Lucene41;
using Lucene.Net.Codecs.PerField;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using Lucene.Net.Util.Packed;
using LuceneLsr.Postings;
using LuceneLsr.Storage;
using LuceneLsr.Storage.Files;
using LuceneLsr.Storage.Packing;

namespace LuceneLsr.Codecs.Lucene41;

/// <summary>
/// The ".doc" file of a segment in Lucene's default postings format, read without that format's enumerator, which
/// hands out one posting a call. Opened once a segment core and suffix, closed with the core.
/// </summary>
internal sealed class Lucene41PostingsFiles : SegmentReader.ICoreDisposedListener
{
    private const string FormatName = "Lucene41";

    private static readonly PerSegmentCore<Lucene41PostingsFiles> Cores = new(() => new());

    private readonly Dictionary<string, DocFile?> _files = new(StringComparer.Ordinal); // by suffix; null: not this way
    private bool _isClosed;

    /// <summary>A cursor at a term, or null where it cannot be read this way.</summary>
    /// <param name="reader">The segment.</param>
    /// <param name="field">The term's field.</param>
    /// <param name="term">The segment's terms, at the term.</param>
    public static PackedPostingCursor? Open(AtomicReader reader, string field, TermsEnum term) =>
        reader is SegmentReader segment
        && segment.FieldInfos.FieldInfo(field) is { IndexOptions: >= IndexOptions.DOCS_AND_FREQS } info
        && info.GetAttribute(PerFieldPostingsFormat.PER_FIELD_FORMAT_KEY) == FormatName
        && term.GetTermState() is BlockTermState { DocFreq: > 1 } state // a single posting is in the dictionary
        && Cores.Of(segment).FileOf(segment, info, term) is { } file
            ? file.Open(info, state)
            : null;

    void SegmentReader.ICoreDisposedListener.OnDispose(object ownerCoreCacheKey)
    {
        lock (_files)
        {
            _isClosed = true;
            IOUtils.Dispose(_files.Values);
            _files.Clear();
        }
    }

    private DocFile? FileOf(SegmentReader segment, FieldInfo info, TermsEnum term)
    {
        var suffix = $"{FormatName}_{info.GetAttribute(PerFieldPostingsFormat.PER_FIELD_SUFFIX_KEY)}";
        lock (_files)
        {
            if (!_isClosed && !_files.ContainsKey(suffix))
            {
                _files[suffix] = OpenIfSame(segment.SegmentInfo.Info, suffix, info, term);
            }

            return _files.GetValueOrDefault(suffix);
        }
    }

    // The file of a segment that a reader still has open may have been deleted, or another one put in its place: the
    // first term asked for has to be the same in both.
    private static DocFile? OpenIfSame(SegmentInfo segment, string suffix, FieldInfo info, TermsEnum term)
    {
        DocFile? file = null;
        try
        {
            file = DocFile.Open(segment, suffix);
            if (file is not null && IsSame(file.Open(info, (BlockTermState)term.GetTermState()), SegmentPostings.Docs(term)))
            {
                return file;
            }
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException || CorruptPostings.IsSign(failure))
        {
        }

        file?.Dispose();
        return null;
    }

    private static bool IsSame(PackedPostingCursor postings, DocsEnum docs)
    {
        int[] documents = new int[PackedBlock.Size], impacts = new int[PackedBlock.Size];
        while (postings.ReadBlock(from: 0, documents, impacts) is > 0 and var count)
        {
            for (var at = 0; at < count; at++)
            {
                if (docs.NextDoc() != documents[at] || docs.Freq != impacts[at])
                {
                    return false;
                }
            }
        }

        return docs.NextDoc() == DocIdSetIterator.NO_MORE_DOCS;
    }

    /// <summary>The file, and Lucene's own reader of it, which alone knows where a term begins.</summary>
    private sealed class DocFile : IDisposable
    {
        private readonly SegmentFile _file;
        private readonly Lucene.Net.Store.Directory? _compound;
        private readonly SeekWatch _watch;
        private readonly Lucene41PostingsReader _reader;
        private Lucene.Net.Index.DocsEnum? _docs;

        private DocFile(
            SegmentFile file, Lucene.Net.Store.Directory? compound, WatchedDirectory directory,
            Lucene41PostingsReader reader)
        {
            _file = file;
            _compound = compound;
            _reader = reader;
            _watch = directory.Opened!;
            Formats = ReadFormats((IndexInput)_watch.Input.Clone());
        }

        private PackedInt32s.Format[] Formats { get; }

        /// <summary>Opens the file, or returns null where it cannot be read this way.</summary>
        /// <exception cref="IOException">The file is not there, or damaged.</exception>
        public static DocFile? Open(SegmentInfo segment, string suffix)
        {
            var opened = new List<IDisposable>();
            try
            {
                var compound = segment.UseCompoundFile ? OpenCompound(segment) : null;
                opened.AddRange(compound is null ? [] : [compound]);
                var files = compound ?? segment.Dir;
                var name = IndexFileNames.SegmentFileName(segment.Name, suffix, Lucene41PostingsFormat.DOC_EXTENSION);
                if (SegmentFile.Map(files, name) is { } mapped)
                {
                    opened.Add(mapped);
                    var directory = new WatchedDirectory(files);
                    var reader = new Lucene41PostingsReader(
                        directory, new FieldInfos([]), segment, IOContext.READ, suffix);
                    opened.Add(reader);
                    var file = new DocFile(mapped, compound, directory, reader);
                    if (file.Formats.Length > 0)
                    {
                        return file;
                    }
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

        /// <summary>A cursor at a term's first block.</summary>
        public PackedPostingCursor Open(FieldInfo info, BlockTermState term)
        {
            long start;
            lock (_watch)
            {
                _docs = _reader.Docs(info, term, liveDocs: null, _docs, DocsFlags.FREQS);
                start = _watch.LastSeek;
            }

            var bytes = _file.Slice(start, (int)Math.Min(int.MaxValue, _file.Length - start));
            return new PackedPostingCursor(bytes, Formats, term.DocFreq);
        }

        public void Dispose()
        {
            IOUtils.Dispose(_file, _reader, _compound);
        }

        private static CompoundFileDirectory OpenCompound(SegmentInfo segment) => new(
            segment.Dir, IndexFileNames.SegmentFileName(segment.Name, "", IndexFileNames.COMPOUND_FILE_EXTENSION),
            IOContext.READ, openForWrite: false);

        // The format of each width, from the file's header; none where the writer widened numbers, for speed, or packed
        // them in a way unknown here.
        private static PackedInt32s.Format[] ReadFormats(IndexInput header)
        {
            header.Seek(CodecUtil.HeaderLength("Lucene41PostingsWriterDoc"));
            PackedInt32s.CheckVersion(header.ReadVInt32());
            int[] codes = [.. Enumerable.Range(0, 32).Select(_ => header.ReadVInt32())];
            PackedInt32s.Format[] formats = [.. codes.Select(code => PackedInt32s.Format.ById(code >>> 5))];
            return codes.Index().All(
                code => (code.Item & 31) == code.Index && PackedBlock.Knows(formats[code.Index], code.Index + 1))
                ? formats
                : [];
        }
    }

    private sealed class WatchedDirectory(Lucene.Net.Store.Directory directory) : FilterDirectory(directory)
    {
        public SeekWatch? Opened { get; private set; }

        public override IndexInput OpenInput(string name, IOContext context) =>
            Opened = new SeekWatch(base.OpenInput(name, context), new StrongBox<long>());
    }

    /// <summary>An input that tells where it, or a clone of it, was last moved to.</summary>
    private sealed class SeekWatch(IndexInput input, StrongBox<long> lastSeek) : IndexInput("watched " + input)
    {
        public IndexInput Input => input;

        public long LastSeek => lastSeek.Value;

        public override long Position => input.Position;

        public override long Length => input.Length;

        public override void Seek(long pos)
        {
            lastSeek.Value = pos;
            input.Seek(pos);
        }

        public override byte ReadByte() => input.ReadByte();

        public override void ReadBytes(byte[] b, int offset, int len) => input.ReadBytes(b, offset, len);

        public override object Clone() => new SeekWatch((IndexInput)input.Clone(), lastSeek);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                input.Dispose();
            }
        }
    }
}
