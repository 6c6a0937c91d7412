using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using LuceneLsr.Analysis;

namespace LuceneLsr.Tests.Analysis;

public class ImpactTokenStreamTests
{
    private static readonly SparseVector Vector = new([new("film", 0.3f), new("scenes", 0.2f), new("faint", 0.04f)]);

    [Fact]
    public void Emits_each_term_as_often_as_its_impact_at_one_position()
    {
        using var stream = new ImpactTokenStream(Vector, new ImpactScale(10));
        Assert.Equal([("film", 1), ("film", 0), ("film", 0), ("scenes", 1), ("scenes", 0)], Tokens(stream));
    }

    [Fact]
    public void Can_be_consumed_again()
    {
        using var stream = new ImpactTokenStream(Vector, new ImpactScale(10));
        var first = Tokens(stream);
        Assert.Equal(first, Tokens(stream));
    }

    [Fact]
    public void The_empty_vector_has_no_tokens()
    {
        using var stream = new ImpactTokenStream(SparseVector.Empty, ImpactScale.Identity);
        Assert.Empty(Tokens(stream));
    }

    private static List<(string Term, int PositionIncrement)> Tokens(TokenStream stream)
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
