using Lucene.Net.Codecs;
using Lucene.Net.Codecs.PerField;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace LuceneLsr.Codecs.Impact;

/// <summary>
/// Postings on disk in the layout that <see cref="Search.ImpactQuery"/> is fastest on, read by memory map without
/// copying; to anything else ordinary postings. For fields with documents and frequencies and nothing more, as
/// <see cref="Documents.ImpactField"/> is.
/// </summary>
/// <remarks>
/// <para>A writer is told of it by an <see cref="ImpactCodec"/>. Any other program that opens such an
/// index, to read or to write, calls <see cref="Register"/> first.</para>
/// <para>Files: the terms are in a dictionary of Lucene's (".tim" and ".tip", see <see cref="BlockTreeTermsWriter"/>),
/// the postings in a file ".imp": a header of <see cref="CodecUtil"/> with the codec name "LuceneLsrImpacts" and the
/// version 0, each field's terms in order, and a footer of <see cref="CodecUtil"/> with a checksum. The dictionary has
/// for a term with one posting the document as a variable-length integer (its impact is the total frequency); for any
/// other the layout's number as a byte, the largest impact and, where the layout is 0, the number of bytes, as
/// variable-length integers; and the place in the file, which the dictionary stores as differences.</para>
/// <para>Layouts, all little-endian, without alignment; windows are of 16,384 documents, or of 65,536 in segments of
/// 262,144 documents and more:</para>
/// <list type="bullet">
/// <item>0, packed: full blocks of 128 postings, each the sum of its document gaps as a variable-length integer, then
/// these gaps and the impacts, each as a byte that tells their width in bits and 16 bytes for each bit of it with the
/// numbers one behind the other, the high bit first (of width 0, for equal numbers, the number as a variable-length
/// integer); then the other postings as variable-length integers, each twice the gap, plus one where the impact is one,
/// and any other impact.</item>
/// <item>1, dense: an impact of one byte for each document of the segment, 0 where the term is not in it.</item>
/// <item>2, 3 and 4, windowed: where the postings of each window begin, and behind them where the last one's end, four
/// bytes each; the places of all documents in their windows, two bytes each; the impacts, of one, two or four bytes
/// each.</item>
/// </list>
/// <para>The fast setting writes terms in more than an eighth of the documents densely, terms with less than two
/// postings a window packed, and the others in windows; the compact setting packs everything. Either reads the other's
/// segments. While one is written, the postings of one term are in memory, at about twenty bytes each.</para>
/// </remarks>
[PostingsFormatName(FormatName)]
public sealed class ImpactPostingsFormat : PostingsFormat
{
    /// <summary>What an index calls the format, and the files' headers their codec.</summary>
    internal const string FormatName = "LuceneLsrImpacts";

    private static readonly Lock Registration = new();

    private readonly bool _isCompact;

    /// <summary>The fast setting; by this constructor a reader makes the format.</summary>
    public ImpactPostingsFormat()
        : this(isCompact: false)
    {
    }

    /// <summary>Either setting.</summary>
    /// <param name="isCompact">Whether to pack all postings, which takes less space and more time.</param>
    public ImpactPostingsFormat(bool isCompact) => _isCompact = isCompact;

    /// <summary>
    /// Lets Lucene find the format by the name that is in an index, beside all that it finds already. Once is enough,
    /// unless the program then sets a factory of its own.
    /// </summary>
    public static void Register()
    {
        lock (Registration)
        {
            if (GetPostingsFormatFactory() is var known and not ImpactPostingsFormatFactory)
            {
                SetPostingsFormatFactory(new ImpactPostingsFormatFactory(known));
            }
        }
    }

    /// <inheritdoc/>
    public override FieldsConsumer FieldsConsumer(SegmentWriteState state)
    {
        var postings = new ImpactPostingsWriter(state, _isCompact);
        try
        {
            return new BlockTreeTermsWriter<object?>(
                state, postings, BlockTreeTermsWriter.DEFAULT_MIN_BLOCK_SIZE,
                BlockTreeTermsWriter.DEFAULT_MAX_BLOCK_SIZE, subclassState: null);
        }
        catch
        {
            IOUtils.DisposeWhileHandlingException(postings);
            throw;
        }
    }

    /// <inheritdoc/>
    public override FieldsProducer FieldsProducer(SegmentReadState state)
    {
        var postings = new ImpactPostingsReader(state);
        try
        {
            return new BlockTreeTermsReader<object?>(
                state.Directory, state.FieldInfos, state.SegmentInfo, postings, state.Context, state.SegmentSuffix,
                state.TermsIndexDivisor, subclassState: null);
        }
        catch
        {
            IOUtils.DisposeWhileHandlingException(postings);
            throw;
        }
    }

    /// <summary>Whether a field's postings in a segment are of this format, and nothing stands between.</summary>
    internal static bool IsUsedBy(AtomicReader reader, string field) =>
        reader is SegmentReader segment
        && segment.FieldInfos.FieldInfo(field)?.GetAttribute(PerFieldPostingsFormat.PER_FIELD_FORMAT_KEY) == FormatName;
}
