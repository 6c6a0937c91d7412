using LuceneLsr.Tokenization.Encoders;

namespace LuceneLsr.Tokenization.Tests.Encoders;

public class PrefetcherTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public void Prefetch_preserves_order(int count) =>
        Assert.Equal(Enumerable.Range(0, count), Prefetcher.Prefetch(Enumerable.Range(0, count)));

    [Fact]
    public void Prefetch_computes_next_element_while_current_is_in_use()
    {
        using var isMade = new ManualResetEventSlim();
        using var elements = Prefetcher.Prefetch(Source()).GetEnumerator();
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
    public void Prefetch_rethrows_source_exception_after_preceding_elements()
    {
        using var elements = Prefetcher.Prefetch(Source()).GetEnumerator();
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
    public void Prefetch_stopped_early_disposes_source()
    {
        var isDisposed = false;
        Assert.Equal(1, Prefetcher.Prefetch(Source()).First());
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
