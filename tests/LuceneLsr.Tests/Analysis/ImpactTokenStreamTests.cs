using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using LuceneLsr.Analysis;

namespace LuceneLsr.Tests.Analysis;

public class ImpactTokenStreamTests
{
    private static readonly SparseVector Vector = new([new("film", 0.3f), new("scenes", 0.2f), new("faint", 0.04f)]);

    [Fact]
    public void IncrementToken_repeats_each_term_by_impact_at_one_position()
    {
        using var stream = new ImpactTokenStream(Vector, new ImpactScale(10));
        Assert.Equal([("film", 1), ("film", 0), ("film", 0), ("scenes", 1), ("scenes", 0)], ReadTokens(stream));
    }

    [Fact]
    public void Reset_after_consumption_yields_same_tokens()
    {
        using var stream = new ImpactTokenStream(Vector, new ImpactScale(10));
        var first = ReadTokens(stream);
        Assert.Equal(first, ReadTokens(stream));
    }

    [Fact]
    public void IncrementToken_of_empty_vector_yields_no_tokens()
    {
        using var stream = new ImpactTokenStream(SparseVector.Empty, ImpactScale.Identity);
        Assert.Empty(ReadTokens(stream));
    }

    private static List<(string Term, int PositionIncrement)> ReadTokens(TokenStream stream)
    {
        var term = stream.GetAttribute<ICharTermAttribute>();
        var increment = stream.GetAttribute<IPositionIncrementAttribute>();
        var tokens = new List<(string, int)>();
        stream.Reset();
        while (stream.IncrementToken())
        {
            tokens.Add((term.ToString()!, increment.PositionIncrement));
        }

        stream.End();
        stream.Dispose();
        return tokens;
    }
}
