using LuceneLsr.Torch.Arithmetic;
using LuceneLsr.Torch.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Heads;

/// <summary>Sum pooling of positive logits, or of a function of them, over positions.</summary>
internal static class SumPooling
{
    private const long MaxGatheredElements = 400_000_000; // of states and head rows gathered in training: 1.6 GB

    /// <summary>Computes the sum of each term's activated logits, [batch, output].</summary>
    /// <param name="model">The model. Only its head is used.</param>
    /// <param name="states">The hidden states, [batch, pooled, hidden].</param>
    /// <param name="mask">[batch, pooled]: 1 for positions to sum, 0 for repeated ones.</param>
    /// <param name="activate">The summand of a logit, [batch, pooled, rows]. It may overwrite the logits.</param>
    public static Tensor Pool(LanguageModel model, Tensor states, Tensor mask, Func<Tensor, Tensor> activate)
    {
        var pooled = empty(states.shape[0], model.Head.Rows, states.dtype, states.device);
        using var summands = mask.to(states.dtype).unsqueeze(1);                             // [batch, 1, pooled]
        HeadSlices.ForEach(model, states, (start, logits) =>
            pooled.narrow(1, start, logits.shape[2])
                .copy_(summands.bmm(activate(AddBias(model, start, logits))).squeeze(1)));
        return pooled;
    }

    /// <summary>Finds all positive logits.</summary>
    /// <param name="model">The model. Only its head is used.</param>
    /// <param name="states">The hidden states, [batch, pooled, hidden].</param>
    /// <param name="mask">[batch, pooled]: 1 for positions to sum, 0 for repeated ones.</param>
    /// <param name="maxElements">The maximum of positive logits x hidden size.</param>
    /// <exception cref="InvalidOperationException">Too many logits are positive.</exception>
    public static ActiveUnits FindActiveUnits(
        LanguageModel model, Tensor states, Tensor mask, long maxElements = MaxGatheredElements)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var isSummed = mask.unsqueeze(2).IsPositive();                                         // [batch, pooled, 1]
        var slices = new List<Tensor>();
        HeadSlices.ForEach(model, states, (start, logits) =>
        {
            var found = (AddBias(model, start, logits).IsPositive() & isSummed).nonzero();          // [active, 3]
            using Scalar offset = start; // see Scalars: alive during the call
            found.select(1, 2).add_(offset, Scalars.One);
            slices.Add(found.MoveToOtherDisposeScope(scope));
            CheckCount(slices.Sum(slice => slice.shape[0]), maxElements / states.shape[2]);
        });
        var units = cat(slices);
        return new(
            units.select(1, 0).MoveToOuterDisposeScope(),
            units.select(1, 1).MoveToOuterDisposeScope(),
            units.select(1, 2).MoveToOuterDisposeScope());
    }

    private static Tensor AddBias(LanguageModel model, long start, Tensor logits) => model.HeadBias is { } bias
        ? logits.add_(bias.narrow(0, start, logits.shape[2]), Scalars.One)
        : logits;

    private static void CheckCount(long units, long max)
    {
        if (units > max)
        {
            throw new InvalidOperationException(
                $"More than {max:N0} logits of one batch are positive. Sum pooling can only be trained from a sparse "
                + "start: train with max pooling first, use smaller batches, or raise the regularizer's weight.");
        }
    }
}
