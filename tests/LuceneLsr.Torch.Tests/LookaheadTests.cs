namespace LuceneLsr.Torch.Tests;

public class LookaheadTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public void Elements_come_in_their_order(int count) =>
        Assert.Equal(Enumerable.Range(0, count), Lookahead.Over(Enumerable.Range(0, count)));

    [Fact]
    public void One_element_is_made_while_another_is_used()
    {
        using var isMade = new ManualResetEventSlim();
        using var elements = Lookahead.Over(Source()).GetEnumerator();
        Assert.True(elements.MoveNext());
        Assert.True(isMade.Wait(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        Assert.Equal(1, elements.Current);

        IEnumerable<int> Source()
        {
            yield return 1;
            isMade.Set();
            yield return 2;
        }
    }

    [Fact]
    public void A_fault_comes_after_the_elements_before_it()
    {
        using var elements = Lookahead.Over(Source()).GetEnumerator();
        Assert.True(elements.MoveNext());
        Assert.True(elements.MoveNext());
        Assert.Equal(2, elements.Current);
        Assert.Equal("a bad line", Assert.Throws<InvalidDataException>(() => elements.MoveNext()).Message);

        static IEnumerable<int> Source()
        {
            yield return 1;
            yield return 2;
            throw new InvalidDataException("a bad line");
        }
    }

    [Fact]
    public void A_source_that_is_left_early_is_disposed()
    {
        var isDisposed = false;
        Assert.Equal(1, Lookahead.Over(Source()).First());
        Assert.True(isDisposed);

        IEnumerable<int> Source()
        {
            try
            {
                yield return 1;
                yield return 2;
                yield return 3;
            }
            finally
            {
                isDisposed = true;
            }
        }
    }
}
