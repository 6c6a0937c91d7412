using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Heads;

/// <summary>
/// Pooling by the maximum. Because x -> log(1 + ReLU(x)) is monotone, it may be taken of the logits themselves.
/// </summary>
internal static class MaxPooling
{
    /// <summary>The largest logit of each term, [batch, output], negative ones too.</summary>
    /// <param name="model">The model, of which only the head is used.</param>
    /// <param name="states">[batch, pooled, hidden]; a shorter text repeats a position, which changes nothing.</param>
    public static Tensor Logits(CausalLanguageModel model, Tensor states)
    {
        var pooled = empty(states.shape[0], model.Head.Rows, states.dtype, states.device);
        HeadSlices.Run(model, states, (start, logits) =>
            pooled.narrow(1, start, logits.shape[2]).copy_(logits.amax([1])));
        return model.HeadBias is { } bias ? pooled.add_(bias) : pooled;
    }

    /// <summary>The unit of each text and term whose largest logit is positive: where it is attained.</summary>
    public static ActiveUnits ActiveUnits(CausalLanguageModel model, Tensor states)
    {
        using var ungraded = no_grad();
        using var scope = NewDisposeScope();
        var active = Logits(model, states) > 0;                                              // [batch, output]
        var units = active.nonzero();                                                        // [active, 2]
        var counts = active.sum(1).cpu().data<long>().ToArray();
        var positions = new List<Tensor>();
        var start = 0L;
        for (var text = 0; text < counts.Length; text++)
        {
            var rows = model.HeadWeight.index_select(0, units.narrow(0, start, counts[text]).select(1, 1));
            positions.Add(states[text].matmul(rows.t()).argmax(0));                          // [active of this text]
            start += counts[text];
        }

        return new(
            units.select(1, 0).MoveToOuterDisposeScope(),
            cat(positions).MoveToOuterDisposeScope(),
            units.select(1, 1).MoveToOuterDisposeScope());
    }
}
