using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Storage.Layouts;

namespace LuceneLsr.Codecs.Impact;

/// <summary>Writes the postings of an <see cref="ImpactPostingsFormat"/>, term by term.</summary>
internal sealed class ImpactPostingsWriter : PostingsWriterBase
{
    private readonly PostingBuffer _postings = new();
    private readonly int _maxDoc;
    private readonly bool _isCompact;
    private readonly IndexOutput _file;
    private long _previousStart; // of the previous term in the dictionary

    public ImpactPostingsWriter(SegmentWriteState state, bool isCompact)
    {
        _maxDoc = state.SegmentInfo.DocCount;
        _isCompact = isCompact;
        _file = state.Directory.CreateOutput(ImpactFile.GetName(state.SegmentInfo, state.SegmentSuffix), state.Context);
        try
        {
            ImpactFile.WriteHeader(_file);
        }
        catch
        {
            IOUtils.DisposeWhileHandlingException(_file);
            throw;
        }
    }

    public override void Init(IndexOutput termsOut) => ImpactFile.WriteHeader(termsOut);

    public override BlockTermState NewTermState() => new ImpactTermState();

    // One number per term is stored in the dictionary as a difference.
    public override int SetField(FieldInfo fieldInfo) => 1;

    public override void StartTerm() => _postings.Clear();

    public override void StartDoc(int docId, int freq) => _postings.Add(docId, freq);

    public override void AddPosition(int position, BytesRef payload, int startOffset, int endOffset) =>
        throw new NotSupportedException("The impact postings format does not store positions.");

    public override void FinishDoc()
    {
    }

    public override void FinishTerm(BlockTermState state)
    {
        var term = (ImpactTermState)state;
        term.Start = _file.Position;
        if (_postings.Count == 1)
        {
            term.Document = _postings.FirstDocument;
            return;
        }

        term.MaxImpact = _postings.MaxImpact;
        var bytes = Encode(term);
        term.Length = bytes.Count;
        _file.WriteBytes(bytes.Array, bytes.Offset, bytes.Count);
    }

    public override void EncodeTerm(
        long[] longs, DataOutput output, FieldInfo fieldInfo, BlockTermState state, bool absolute)
    {
        var term = (ImpactTermState)state;
        longs[0] = term.Start - (absolute ? 0 : _previousStart);
        _previousStart = term.Start;
        if (term.DocFreq == 1)
        {
            output.WriteVInt32(term.Document);
            return;
        }

        output.WriteByte((byte)term.Layout);
        output.WriteVInt32(term.MaxImpact);
        if (term.Layout == PostingLayout.Packed)
        {
            output.WriteVInt32(term.Length);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        try
        {
            CodecUtil.WriteFooter(_file);
        }
        finally
        {
            _file.Dispose();
        }
    }

    private ArraySegment<byte> Encode(ImpactTermState term)
    {
        if (!_isCompact)
        {
            term.Layout = PostingLayouts.SelectFastest(_postings.Count, _postings.MaxImpact, _maxDoc);
            return _postings.Encode(term.Layout, _maxDoc);
        }

        var packed = _postings.Encode(PostingLayout.Packed, _maxDoc);
        term.Layout = PostingLayouts.SelectSmallest(_postings.Count, _postings.MaxImpact, _maxDoc, packed.Count);
        return term.Layout == PostingLayout.Packed ? packed : _postings.Encode(term.Layout, _maxDoc);
    }
}
