using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Storage.Cursors;
using LuceneLsr.Storage.Files;
using LuceneLsr.Storage.Layouts;

namespace LuceneLsr.Codecs.Impact;

/// <summary>Reads the postings of an <see cref="ImpactPostingsFormat"/>.</summary>
internal sealed class ImpactPostingsReader : PostingsReaderBase
{
    private readonly int _maxDoc;
    private readonly IndexInput _input; // for header and checksum
    private readonly SegmentFile _file;

    public ImpactPostingsReader(SegmentReadState state)
    {
        _maxDoc = state.SegmentInfo.DocCount;
        var name = ImpactFile.GetName(state.SegmentInfo, state.SegmentSuffix);
        _input = state.Directory.OpenInput(name, state.Context);
        try
        {
            ImpactFile.CheckHeader(_input);
            CodecUtil.RetrieveChecksum(_input); // fails if the file is truncated
            _file = SegmentFile.Open(state.Directory, name);
        }
        catch
        {
            IOUtils.DisposeWhileHandlingException(_input);
            throw;
        }
    }

    public override void Init(IndexInput termsIn) => ImpactFile.CheckHeader(termsIn);

    public override BlockTermState NewTermState() => new ImpactTermState();

    public override void DecodeTerm(
        long[] longs, DataInput input, FieldInfo fieldInfo, BlockTermState state, bool absolute)
    {
        var term = (ImpactTermState)state;
        term.Start = longs[0] + (absolute ? 0 : term.Start);
        if (term.DocFreq == 1)
        {
            term.Document = input.ReadVInt32();
            return;
        }

        term.Layout = (PostingLayout)input.ReadByte();
        if (!Enum.IsDefined(term.Layout))
        {
            throw new CorruptIndexException(
                $"Field '{fieldInfo.Name}' has a term in the unknown layout {(byte)term.Layout} (resource: {_file}). "
                + "Run Lucene's CheckIndex on the index.");
        }

        term.MaxImpact = input.ReadVInt32();
        term.Length = term.Layout == PostingLayout.Packed
            ? input.ReadVInt32()
            : PostingLayouts.GetSize(term.Layout, term.DocFreq, _maxDoc);
    }

    public override DocsEnum Docs(
        FieldInfo fieldInfo, BlockTermState state, IBits? skipDocs, DocsEnum? reuse, DocsFlags flags) =>
        new ImpactDocsEnum(
            state.DocFreq, IsFast((ImpactTermState)state), CreateOpener((ImpactTermState)state), skipDocs,
            _maxDoc);

    public override DocsAndPositionsEnum? DocsAndPositions(
        FieldInfo fieldInfo, BlockTermState state, IBits skipDocs, DocsAndPositionsEnum reuse,
        DocsAndPositionsFlags flags) => null; // the contract for a field without positions

    public override long RamBytesUsed() => 0; // mapped, not on the heap

    public override void CheckIntegrity() => CodecUtil.ChecksumEntireFile(_input);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            IOUtils.Dispose(_file, _input);
        }
    }

    private bool IsFast(ImpactTermState term) =>
        term.DocFreq == 1 || (_file.IsMapped && PostingLayouts.IsFast(term.Layout));

    // The cursor must not refer to the term state, which Lucene reuses for other terms.
    private Func<BlockCursor> CreateOpener(ImpactTermState term)
    {
        if (term.DocFreq == 1)
        {
            var (document, impact) = (term.Document, (int)term.TotalTermFreq);
            return () => new SinglePostingCursor(document, impact);
        }

        var bytes = _file.Slice(term.Start, term.Length);
        return new EncodedPostings(term.Layout, term.DocFreq, term.MaxImpact, _maxDoc, bytes).OpenCursor;
    }
}
