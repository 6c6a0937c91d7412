using Lucene.Net.Codecs;
using Lucene.Net.Codecs.PerField;
using Lucene.Net.Index;
using Lucene.Net.Util;
using LuceneLsr.Storage;

namespace LuceneLsr.Codecs.Impact;

/// <summary>
/// A postings format that stores impacts on disk in the layout that <see cref="Search.ImpactQuery"/> scores fastest and
/// reads them from a memory-mapped file without copying. Other queries see ordinary postings.
/// </summary>
/// <remarks>
/// <para>The format holds fields with documents and frequencies only, as <see cref="Documents.ImpactField"/> is. In a
/// segment that indexes a field in another way, with positions for example, the field is in Lucene's default format.
/// Writers use it through an <see cref="ImpactCodec"/>. Any other program that opens such an index, to read or to
/// write, must call <see cref="Register"/> first.</para>
/// <para><b>Settings.</b> The fast setting stores a term with fewer than two postings per range packed, a term in more
/// than 1/8 of the documents with impacts up to 255 densely, and any other term in ranges. The compact setting stores a
/// term with impacts up to 255 as a bitmap if that is not larger than packed, and packs any other term. Each setting
/// reads the segments of the other. Writing a segment keeps the postings of one term in memory, about 20 bytes
/// each.</para>
/// <para><b>Files.</b> The terms are in Lucene's term dictionary (".tim" and ".tip", see
/// <see cref="BlockTreeTermsWriter"/>). The postings are in a file ".imp": a <see cref="CodecUtil"/> header with codec
/// name "LuceneLsrImpacts" and version 0, the postings of each field's terms in order, and a <see cref="CodecUtil"/>
/// footer with a checksum.</para>
/// <para><b>Dictionary.</b> For each term the dictionary stores the start of its postings in the file, as a difference
/// to the previous term. For a term with one posting it also stores the document (VInt); the impact is the total
/// frequency. For any other term it stores the layout (byte), the largest impact (VInt) and, in layout 0, the number of
/// bytes (VInt).</para>
/// <para><b>Layouts.</b> Numbers are little-endian and unaligned. A range has 16,384 documents, or 65,536 in a segment
/// of 262,144 documents or more.</para>
/// <list type="bullet">
/// <item>0, packed. For each full block of 128 postings: the sum of its document gaps (VInt), the gaps, the impacts.
/// Gaps and impacts are each their width in bits (byte), then 16 bytes per bit of width with the numbers packed one
/// after the other, high bits first; if all numbers are equal, the width is 0 and the number follows (VInt). For each
/// remaining posting: twice the gap, plus one if the impact is 1 (VInt); otherwise the impact follows (VInt).</item>
/// <item>1, dense. One byte per document of the segment with its impact, 0 for a document without the term.</item>
/// <item>2, 3 and 4, ranged. The index of the first posting of each range, then the number of postings, 4 bytes each;
/// the range-local document ids of all postings, 2 bytes each; their impacts, 1, 2 or 4 bytes each.</item>
/// <item>5, bitmap. The offsets of layouts 2 to 4; one bit per document of the segment, low bits first, a multiple of 8
/// bytes; the impacts, 1 byte each.</item>
/// </list>
/// </remarks>
[PostingsFormatName(ImpactFile.FormatName)]
public sealed class ImpactPostingsFormat : PostingsFormat
{
    private static readonly Lock Registration = new();

    private readonly bool _isCompact;

    /// <summary>Creates the format in the fast setting. Lucene uses this constructor for reading.</summary>
    public ImpactPostingsFormat()
        : this(isCompact: false)
    {
    }

    /// <summary>Creates the format in one of its settings.</summary>
    /// <param name="isCompact">Whether to store postings in less space, which takes more time per query.</param>
    public ImpactPostingsFormat(bool isCompact) => _isCompact = isCompact;

    /// <summary>
    /// Registers the format so that Lucene finds it by the name stored in an index. Other formats remain
    /// available. Call it once, and again only after setting another postings format factory.
    /// </summary>
    public static void Register()
    {
        lock (Registration)
        {
            if (GetPostingsFormatFactory() is var current and not ImpactPostingsFormatFactory)
            {
                SetPostingsFormatFactory(new ImpactPostingsFormatFactory(current));
            }
        }
    }

    /// <inheritdoc/>
    public override FieldsConsumer FieldsConsumer(SegmentWriteState state) =>
        new ImpactFieldsConsumer(state, _isCompact);

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
        catch (Exception exception) when (CorruptPostings.IsSymptom(exception))
        {
            IOUtils.DisposeWhileHandlingException(postings);
            throw CorruptPostings.CreateError(exception);
        }
        catch
        {
            IOUtils.DisposeWhileHandlingException(postings);
            throw;
        }
    }

    /// <summary>
    /// Returns whether a reader is a segment that stores a field in this format, and not a wrapper around one.
    /// </summary>
    internal static bool IsUsedBy(AtomicReader reader, string field) =>
        reader is SegmentReader segment
        && segment.FieldInfos.FieldInfo(field)?.GetAttribute(PerFieldPostingsFormat.PER_FIELD_FORMAT_KEY)
            == ImpactFile.FormatName;
}
