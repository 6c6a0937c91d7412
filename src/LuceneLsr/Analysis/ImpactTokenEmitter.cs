using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace LuceneLsr.Analysis;

/// <summary>
/// Emits impacts as tokens. For an index each term is emitted as often as its impact, because Lucene 4.8 has no other
/// way to pass a term frequency to the indexing chain, and all tokens of a term have the same position. For a query
/// each term is emitted once, and all terms have the same position, as synonyms have.
/// </summary>
internal sealed class ImpactTokenEmitter(AttributeSource stream)
{
    private readonly ICharTermAttribute _term = stream.AddAttribute<ICharTermAttribute>();
    private readonly IPositionIncrementAttribute _increment = stream.AddAttribute<IPositionIncrementAttribute>();
    private IReadOnlyList<TermImpact> _impacts = [];
    private int _current;
    private int _emissions;
    private TextSide _side;

    /// <summary>Starts to emit tokens.</summary>
    /// <param name="impacts">The impacts, each at least 1.</param>
    /// <param name="side">Whether the tokens are for an index or for a query.</param>
    public void Start(IReadOnlyList<TermImpact> impacts, TextSide side)
    {
        _impacts = impacts;
        _current = 0;
        _emissions = 0;
        _side = side;
    }

    /// <summary>Sets the stream's attributes to the next token. Returns false after the last token.</summary>
    public bool MoveNext()
    {
        if (_current == _impacts.Count)
        {
            return false;
        }

        var (term, impact) = _impacts[_current];
        stream.ClearAttributes();
        _term.Append(term);
        var startsPosition = _side == TextSide.Document ? _emissions == 0 : _current == 0;
        _increment.PositionIncrement = startsPosition ? 1 : 0;
        if (++_emissions == impact || _side == TextSide.Query)
        {
            _current++;
            _emissions = 0;
        }

        return true;
    }
}
