using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Models;

public class TokenBatchTests
{
    private static readonly int[][] Texts = [[1, 2, 3], [4]];

    [Theory]
    [InlineData(AttentionVariant.Causal, new long[] { 9, 1, 2, 3, 9, 4, 0, 0 }, new long[] { 1, 2, 3, 5, 5, 5 })]
    [InlineData(AttentionVariant.Bidirectional, new long[] { 9, 1, 2, 3, 9, 4, 0, 0 }, new long[] { 1, 2, 3, 5, 5, 5 })]
    [InlineData(AttentionVariant.Echo, new long[] { 9, 1, 2, 3, 1, 2, 3, 9, 4, 4, 0, 0, 0, 0 },
        new long[] { 4, 5, 6, 9, 9, 9 })]
    public void Create_pads_at_end_and_pools_text_only(AttentionVariant variant, long[] ids, long[] pooled)
    {
        using var batch = TokenBatch.Create(Texts, [9], variant, CPU);
        Assert.Equal([2, ids.Length / 2], batch.Ids.shape);
        Assert.Equal(ids, batch.Ids.data<long>().ToArray());
        Assert.Equal([2, 3], batch.PoolIndex.shape);
        Assert.Equal(pooled, batch.PoolIndex.data<long>().ToArray());
    }

    [Fact]
    public void Create_pools_positions_of_sequences_and_repeats_first()
    {
        TokenSequence[] texts = [new([8, 1, 2, 9], Pooled: [0, 2, 3]), new([8, 9], Pooled: [1])];
        using var batch = TokenBatch.Create(texts, AttentionVariant.Causal, CPU);
        Assert.Equal([8, 1, 2, 9, 8, 9, 0, 0], batch.Ids.data<long>().ToArray());
        Assert.Equal([0, 2, 3, 5, 5, 5], batch.PoolIndex.data<long>().ToArray());
        Assert.Equal([1, 1, 1, 1, 0, 0], batch.PoolMask.data<float>().ToArray());
    }

    [Fact]
    public void Create_masks_padding_for_bidirectional_attention_only()
    {
        using var causal = TokenBatch.Create(Texts, [9], AttentionVariant.Causal, CPU);
        using var echo = TokenBatch.Create(Texts, [9], AttentionVariant.Echo, CPU);
        using var both = TokenBatch.Create(Texts, [9], AttentionVariant.Bidirectional, CPU);
        Assert.Null(causal.Mask);
        Assert.Null(echo.Mask);
        Assert.Equal([2, 1, 1, 4], both.Mask!.shape);
        Assert.Equal([true, true, true, true, true, true, false, false], both.Mask.data<bool>().ToArray());
    }

    [Fact]
    public void Create_text_without_tokens_throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => TokenBatch.Create([[1], []], [], AttentionVariant.Causal, CPU));
}
