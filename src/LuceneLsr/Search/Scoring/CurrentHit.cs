using Lucene.Net.Search;

namespace LuceneLsr.Search.Scoring;

/// <summary>
/// The scorer that Lucene's collectors ask for the score of the document that they receive. It cannot iterate.
/// </summary>
internal sealed class CurrentHit(Weight weight) : Scorer(weight)
{
    private int _document = -1;
    private float _score;

    public override int DocID => _document;

    /// <summary>Always 1: the number of matching terms is not counted.</summary>
    public override int Freq => 1;

    /// <summary>Sets document and score.</summary>
    public void Set(int document, float score) => (_document, _score) = (document, score);

    public override float GetScore() => _score;

    public override int NextDoc() => throw CreateError();

    public override int Advance(int target) => throw CreateError();

    public override long GetCost() => 1;

    private static NotSupportedException CreateError() =>
        new("A collector must not move the scorer that it receives.");
}
