using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Evaluation.Tests.Collections;

public sealed class QrelsTests
{
    [Fact]
    public void Qrels_with_a_duplicate_judgment_throws() =>
        Assert.Throws<ArgumentException>(() => new Qrels([new("q", "d", 1), new("q", "d", 0)]));

    [Fact]
    public void Qrels_without_judgments_throws() => Assert.Throws<ArgumentException>(() => new Qrels([]));
}
