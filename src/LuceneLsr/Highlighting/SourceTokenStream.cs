using System.Diagnostics.CodeAnalysis;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace LuceneLsr.Highlighting;

/// <summary>
/// The terms of a text as tokens with the offsets of the words that produced them, for highlighters that read a token
/// stream, such as that of <c>Lucene.Net.Highlighter</c>. The terms of a word have one position, as synonyms have. Terms
/// without a word are left out. The stream can be consumed repeatedly.
/// </summary>
[SuppressMessage("Naming", "CA1711", Justification = "Subclasses of Lucene's TokenStream end in its name.")]
public sealed class SourceTokenStream : TokenStream
{
    private readonly TermSource[] _sources;
    private readonly ICharTermAttribute _term;
    private readonly IOffsetAttribute _offset;
    private readonly IPositionIncrementAttribute _increment;
    private int _next;

    /// <summary>Creates the stream.</summary>
    /// <param name="text">The text's vector and its sources.</param>
    public SourceTokenStream(SourcedVector text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _sources = [.. text.Sources.Where(source => source.Word is not null)
            .OrderBy(source => source.Word!.Value.Start).ThenBy(source => source.Word!.Value.Length)];
        (_term, _offset) = (AddAttribute<ICharTermAttribute>(), AddAttribute<IOffsetAttribute>());
        _increment = AddAttribute<IPositionIncrementAttribute>();
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        base.Reset();
        _next = 0;
    }

    /// <inheritdoc/>
    public override bool IncrementToken()
    {
        if (_next == _sources.Length)
        {
            return false;
        }

        ClearAttributes();
        var word = _sources[_next].Word!.Value;
        _term.Append(_sources[_next].Term);
        _offset.SetOffset(word.Start, word.End);
        _increment.PositionIncrement = _next > 0 && _sources[_next - 1].Word == word ? 0 : 1;
        _next++;
        return true;
    }
}
