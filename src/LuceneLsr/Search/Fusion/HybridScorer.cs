using Lucene.Net.Search;

namespace LuceneLsr.Search.Fusion;

/// <summary>Merges the matches of several scorers in document order and adds up their weighted scores.</summary>
internal sealed class HybridScorer(HybridWeight weight, (Scorer Scorer, float Factor)[] parts) : Scorer(weight)
{
    private int _document = -1;

    public override int DocID => _document;

    /// <summary>Gets the number of scorers that match the document.</summary>
    public override int Freq => parts.Count(part => part.Scorer.DocID == _document);

    public override int NextDoc()
    {
        var next = NO_MORE_DOCS;
        foreach (var (scorer, _) in parts)
        {
            next = Math.Min(next, scorer.DocID == _document ? scorer.NextDoc() : scorer.DocID);
        }

        return _document = next;
    }

    public override int Advance(int target)
    {
        var next = NO_MORE_DOCS;
        foreach (var (scorer, _) in parts)
        {
            next = Math.Min(next, scorer.DocID < target ? scorer.Advance(target) : scorer.DocID);
        }

        return _document = next;
    }

    public override float GetScore()
    {
        var sum = 0.0;
        foreach (var (scorer, factor) in parts)
        {
            sum += scorer.DocID == _document ? scorer.GetScore() * factor : 0;
        }

        return (float)sum;
    }

    public override long GetCost() => parts.Sum(part => part.Scorer.GetCost());

    public override ICollection<ChildScorer> GetChildren() =>
        [.. parts.Select(part => new ChildScorer(part.Scorer, "SHOULD"))];
}
