using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Heads;

/// <summary>Pooling by the sum of positive logits.</summary>
internal static class SumPooling
{
    private const long MostElements = 400_000_000; // of states and of rows of the head that training gathers, 1.6 GB

    /// <summary>The sum of each term's positive logits, [batch, output].</summary>
    /// <param name="model">The model, of which only the head is used.</param>
    /// <param name="states">[batch, pooled, hidden]</param>
    /// <param name="mask">[batch, pooled]: 1 for what is summed, 0 for the rest.</param>
    public static Tensor Logits(CausalLanguageModel model, Tensor states, Tensor mask)
    {
        var pooled = empty(states.shape[0], model.Head.Rows, states.dtype, states.device);
        using var summands = mask.to(states.dtype).unsqueeze(1);                             // [batch, 1, pooled]
        HeadSlices.Run(model, states, (start, logits) =>
            pooled.narrow(1, start, logits.shape[2])
                .copy_(summands.bmm(Biased(model, start, logits).relu_()).squeeze(1)));
        return pooled;
    }

    /// <summary>The units of all positive logits.</summary>
    /// <param name="model">The model, of which only the head is used.</param>
    /// <param name="states">[batch, pooled, hidden]</param>
    /// <param name="mask">[batch, pooled]: 1 for what is summed, 0 for the rest.</param>
    /// <param name="most">How many elements units x hidden may have.</param>
    /// <exception cref="InvalidOperationException">There are too many of them.</exception>
    public static ActiveUnits ActiveUnits(
        CausalLanguageModel model, Tensor states, Tensor mask, long most = MostElements)
    {
        using var ungraded = no_grad();
        using var scope = NewDisposeScope();
        var isSummed = mask.unsqueeze(2) > 0;                                                // [batch, pooled, 1]
        var slices = new List<Tensor>();
        HeadSlices.Run(model, states, (start, logits) =>
        {
            var found = ((Biased(model, start, logits) > 0) & isSummed).nonzero();           // [active, 3]
            found.select(1, 2).add_(start);
            slices.Add(found.MoveToOtherDisposeScope(scope));
            RequireFew(slices.Sum(slice => slice.shape[0]), most / states.shape[2]);
        });
        var units = cat(slices);
        return new(
            units.select(1, 0).MoveToOuterDisposeScope(),
            units.select(1, 1).MoveToOuterDisposeScope(),
            units.select(1, 2).MoveToOuterDisposeScope());
    }

    private static Tensor Biased(CausalLanguageModel model, long start, Tensor logits) => model.HeadBias is { } bias
        ? logits.add_(bias.narrow(0, start, logits.shape[2]))
        : logits;

    private static void RequireFew(long units, long most)
    {
        if (units > most)
        {
            throw new InvalidOperationException(
                $"More than {most:N0} logits of one batch are positive. Pooling by the sum is trained from a sparse "
                + "start: begin with pooling by the maximum, smaller batches or more of a regularizer.");
        }
    }
}
