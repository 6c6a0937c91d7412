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

    [Theory]
    [InlineData(AttentionVariant.Causal, 1, new long[] { 1, 2, 3, 4, 6, 7, 7, 7 })]
    [InlineData(AttentionVariant.Causal, 2, new long[] { 0, 1, 2, 3, 4, 5, 6, 7, 7, 7 })]
    [InlineData(AttentionVariant.Echo, 1, new long[] { 1, 5, 6, 7, 9, 11, 11, 11 })]
    public void Create_with_pooledPreceding_pools_last_preceding_tokens(
        AttentionVariant variant, int pooledPreceding, long[] pooled)
    {
        using var batch = TokenBatch.Create(Texts, [8, 9], variant, CPU, pooledPreceding);
        Assert.Equal([2, pooledPreceding + 3], batch.PoolIndex.shape);
        Assert.Equal(pooled, batch.PoolIndex.data<long>().ToArray());
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
    public void Create_with_pooledPreceding_beyond_preceding_tokens_throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => TokenBatch.Create([[1]], [9], AttentionVariant.Causal, CPU, pooledPreceding: 2));

    [Fact]
    public void Create_text_without_tokens_throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => TokenBatch.Create([[1], []], [], AttentionVariant.Causal, CPU));
}
