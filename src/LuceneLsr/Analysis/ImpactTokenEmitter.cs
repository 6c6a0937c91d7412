using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace LuceneLsr.Analysis;

/// <summary>
/// Emits impacts as tokens: each term as often as its impact, because Lucene 4.8 has no other way to hand a term
/// frequency to the indexing chain. A term's repeats stand at the position of its first token.
/// </summary>
internal sealed class ImpactTokenEmitter(AttributeSource stream)
{
    private readonly ICharTermAttribute _term = stream.AddAttribute<ICharTermAttribute>();
    private readonly IPositionIncrementAttribute _increment = stream.AddAttribute<IPositionIncrementAttribute>();
    private IReadOnlyList<TermImpact> _impacts = [];
    private int _current;
    private int _emissions;

    /// <summary>Makes <paramref name="impacts"/>, all of them at least 1, the tokens to come.</summary>
    public void Start(IReadOnlyList<TermImpact> impacts)
    {
        _impacts = impacts;
        _current = 0;
        _emissions = 0;
    }

    /// <summary>Fills the stream's attributes with the next token; false after the last.</summary>
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
