using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Evaluation.Tests.Collections;

public sealed class QrelsTests
{
    [Fact]
    public void A_pair_judged_twice_is_refused() =>
        Assert.Throws<ArgumentException>(() => new Qrels([new("q", "d", 1), new("q", "d", 0)]));

    [Fact]
    public void No_judgment_at_all_is_refused() => Assert.Throws<ArgumentException>(() => new Qrels([]));
}
