using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace LuceneLsr.Analysis;

/// <summary>Reads the full text, encodes it and emits its impacts.</summary>
internal sealed class LsrTokenizer : Tokenizer
{
    private readonly ISparseEncoder _encoder;
    private readonly ImpactScale _scale;
    private readonly TextSide _side;
    private readonly ImpactTokenEmitter _emitter;
    private readonly IOffsetAttribute _offset;
    private bool _isEncoded;
    private int _length;

    public LsrTokenizer(ISparseEncoder encoder, ImpactScale scale, TextSide side, TextReader reader)
        : base(reader)
    {
        _encoder = encoder;
        _scale = scale;
        _side = side;
        _emitter = new ImpactTokenEmitter(this);
        _offset = AddAttribute<IOffsetAttribute>();
    }

    public override void Reset()
    {
        base.Reset();
        _isEncoded = false;
    }

    public override bool IncrementToken()
    {
        // Not in Reset: IndexWriter does not dispose a stream whose Reset throws, so an exception of the encoder would
        // leave this thread's tokenizer unusable.
        if (!_isEncoded)
        {
            EncodeText();
        }

        return _emitter.MoveNext();
    }

    public override void End()
    {
        base.End();
        var finalOffset = CorrectOffset(_length);
        _offset.SetOffset(finalOffset, finalOffset);
    }

    private void EncodeText()
    {
        var text = m_input.ReadToEnd();
        _emitter.Start(_scale.Quantize(_encoder.Encode(text, _side)), _side);
        _length = text.Length;
        _isEncoded = true;
    }
}
