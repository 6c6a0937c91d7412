using LuceneLsr.Torch.Arithmetic;
using LuceneLsr.Torch.Models;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Heads;

/// <summary>
/// Max pooling over positions. It pools the logits themselves, because x -> log(1 + ReLU(x)) is monotone.
/// </summary>
internal static class MaxPooling
{
    /// <summary>Computes the maximum logit of each term, [batch, output], which may be negative.</summary>
    /// <param name="model">The model. Only its head is used.</param>
    /// <param name="states">
    /// The hidden states, [batch, pooled, hidden]. Repeated positions of shorter texts do not affect the maximum.
    /// </param>
    public static Tensor PoolLogits(LanguageModel model, Tensor states)
    {
        var pooled = empty(states.shape[0], model.Head.Rows, states.dtype, states.device);
        HeadSlices.ForEach(model, states, (start, logits) =>
            pooled.narrow(1, start, logits.shape[2]).copy_(logits.amax([1])));
        if (model.HeadBias is { } bias)
        {
            pooled.add_(bias, Scalars.One);
        }

        return pooled;
    }

    /// <summary>Finds the position of the maximum for each text and term with a positive maximum.</summary>
    /// <param name="model">The model. Only its head is used.</param>
    /// <param name="states">The hidden states, [batch, pooled, hidden].</param>
    public static ActiveUnits FindActiveUnits(LanguageModel model, Tensor states)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var active = PoolLogits(model, states).IsPositive();                                   // [batch, output]
        var units = active.nonzero();                                                        // [active, 2]
        var positions = FindPositions(model, states, active, units);
        return new(
            units.select(1, 0).MoveToOuterDisposeScope(),
            positions.MoveToOuterDisposeScope(),
            units.select(1, 1).MoveToOuterDisposeScope());
    }

    // -> [active]
    private static Tensor FindPositions(LanguageModel model, Tensor states, Tensor active, Tensor units)
    {
        var counts = active.sum(1).cpu().data<long>().ToArray();
        var positions = new List<Tensor>();
        var start = 0L;
        for (var text = 0; text < counts.Length; text++)
        {
            var rows = model.HeadWeight.index_select(0, units.narrow(0, start, counts[text]).select(1, 1));
            positions.Add(states[text].matmul(rows.t()).argmax(0));                          // [active in this text]
            start += counts[text];
        }

        return cat(positions);
    }
}
