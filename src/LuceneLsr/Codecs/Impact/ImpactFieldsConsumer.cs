using Lucene.Net.Codecs;
using Lucene.Net.Codecs.PerField;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace LuceneLsr.Codecs.Impact;

/// <summary>
/// Writes the fields of a segment in the <see cref="ImpactPostingsFormat"/>. A field that is indexed with positions, or
/// without frequencies, is written in Lucene's default format instead, and the segment records that it is. A merge that
/// would lose frequencies fails instead: a field that lacks them in one segment has none after a merge.
/// </summary>
internal sealed class ImpactFieldsConsumer : FieldsConsumer
{
    private static readonly PostingsFormat DefaultFormat = PostingsFormat.ForName("Lucene41");

    private readonly SegmentWriteState _state;
    private readonly BlockTreeTermsWriter<object?> _impacts;
    private FieldsConsumer? _others; // null until a field needs it

    public ImpactFieldsConsumer(SegmentWriteState state, bool isCompact)
    {
        _state = state;
        var postings = new ImpactPostingsWriter(state, isCompact);
        try
        {
            _impacts = new BlockTreeTermsWriter<object?>(
                state, postings, BlockTreeTermsWriter.DEFAULT_MIN_BLOCK_SIZE,
                BlockTreeTermsWriter.DEFAULT_MAX_BLOCK_SIZE, subclassState: null);
        }
        catch
        {
            IOUtils.DisposeWhileHandlingException(postings);
            throw;
        }
    }

    public override TermsConsumer AddField(FieldInfo field)
    {
        if (field.IndexOptions == IndexOptions.DOCS_AND_FREQS)
        {
            return _impacts.AddField(field);
        }

        RequireFrequencies(field);
        RedirectToDefaultFormat(field);
        _others ??= DefaultFormat.FieldsConsumer(
            new SegmentWriteState(_state, $"{DefaultFormat.Name}_{_state.SegmentSuffix}"));
        return _others.AddField(field);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            IOUtils.Dispose(_impacts, _others);
        }
    }

    private void RequireFrequencies(FieldInfo field)
    {
        if (field.IndexOptions == IndexOptions.DOCS_ONLY && _state.Context.Context == IOContext.UsageContext.MERGE)
        {
            throw new ArgumentException(
                $"Field '{field.Name}' is indexed without frequencies in some documents, as a StringField is, so a "
                + "merge would lose the impacts of the others. Delete these documents, or remove the field from the "
                + "ImpactCodec.");
        }
    }

    // Readers find the format of a field, and the suffix of its files, in these attributes.
    private void RedirectToDefaultFormat(FieldInfo field)
    {
        if (field.GetAttribute(PerFieldPostingsFormat.PER_FIELD_FORMAT_KEY) != ImpactFile.FormatName)
        {
            throw new ArgumentException(
                $"Field '{field.Name}' is indexed with {field.IndexOptions}, but the impact postings format supports "
                + $"only {IndexOptions.DOCS_AND_FREQS}. Use an ImpactCodec, which writes such fields in the default "
                + "format.");
        }

        field.PutAttribute(PerFieldPostingsFormat.PER_FIELD_FORMAT_KEY, DefaultFormat.Name);
        field.PutAttribute(PerFieldPostingsFormat.PER_FIELD_SUFFIX_KEY, _state.SegmentSuffix);
    }
}
