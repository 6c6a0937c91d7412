using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Tokenization.Tests.Encoders;

public class TokenSequenceTests
{
    [Fact]
    public void Create_text_without_tokens_throws() => Assert.Throws<ArgumentOutOfRangeException>(
        () => TokenSequence.Create([1], [], [2], AttentionVariant.Causal));

    [Fact]
    public void Create_with_more_pooled_tokens_than_there_are_throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => TokenSequence.Create([1], [2], [3], AttentionVariant.Causal, pooledBefore: 2));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => TokenSequence.Create([1], [2], [3], AttentionVariant.Causal, pooledAfter: 2));
    }
}
