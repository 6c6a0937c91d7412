using LuceneLsr.Torch.Models;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Heads;

/// <summary>
/// Mean pooling of hidden states, before the head. The mean is one state, whose logits need no pooling.
/// </summary>
internal static class MeanPooling
{
    /// <summary>Computes the mean state of each text, scaled to unit length, [batch, 1, hidden].</summary>
    /// <param name="model">The model. Its head is not used.</param>
    /// <param name="batch">The texts.</param>
    public static Tensor ComputeStates(LanguageModel model, TokenBatch batch)
    {
        using var scope = NewDisposeScope();
        return PoolStates(batch.SelectPooled(model.forward(batch)), batch.PoolMask).MoveToOuterDisposeScope();
    }

    /// <summary>Pools the states of positions.</summary>
    /// <param name="states">The hidden states, [batch, pooled, hidden].</param>
    /// <param name="mask">[batch, pooled]: 1 for positions of the mean, 0 for repeated ones.</param>
    /// <returns>The same as <see cref="ComputeStates"/>.</returns>
    public static Tensor PoolStates(Tensor states, Tensor mask)
    {
        using var sums = mask.to(states.dtype).unsqueeze(1).bmm(states);
        return nn.functional.normalize(sums, p: 2, dim: 2); // the direction of a sum is that of the mean
    }
}
