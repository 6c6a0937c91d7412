using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace LuceneLsr.Analysis;

/// <summary>
/// Emits impacts as tokens, each term as often as its impact, because Lucene 4.8 has no other way to pass a term
/// frequency to the indexing chain. All tokens of a term have the same position.
/// </summary>
internal sealed class ImpactTokenEmitter(AttributeSource stream)
{
    private readonly ICharTermAttribute _term = stream.AddAttribute<ICharTermAttribute>();
    private readonly IPositionIncrementAttribute _increment = stream.AddAttribute<IPositionIncrementAttribute>();
    private IReadOnlyList<TermImpact> _impacts = [];
    private int _current;
    private int _emissions;

    /// <summary>Starts to emit tokens.</summary>
    /// <param name="impacts">The impacts, each at least 1.</param>
    public void Start(IReadOnlyList<TermImpact> impacts)
    {
        _impacts = impacts;
        _current = 0;
        _emissions = 0;
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
        _increment.PositionIncrement = _emissions == 0 ? 1 : 0;
        if (++_emissions == impact)
        {
            _current++;
            _emissions = 0;
        }

        return true;
    }
}
