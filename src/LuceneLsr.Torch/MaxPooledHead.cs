using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch;

/// <summary>
/// The CSPLADE representation: w_j = max over text positions i of log(1 + ReLU(L_ij)) for logits L = hidden x head^T.
/// Because x -> log(1 + ReLU(x)) is monotone, the maximum is taken first and saturated once; the head is multiplied in
/// slices, so no tensor of shape [batch, length, vocabulary] ever exists.
/// </summary>
public static class MaxPooledHead
{
    private const long SliceBytes = 16L << 20; // a slice's logits stay near the cache

    /// <summary>Weights [batch, output], all finite and at least 0. No gradient.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">The texts.</param>
    /// <param name="logitScale">Factor on every logit.</param>
    public static Tensor Weights(CausalLanguageModel model, TokenBatch batch, double logitScale)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batch);
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        return PooledWeights(model, TextStates(model.forward(batch), batch.PoolIndex), logitScale)
            .MoveToOuterDisposeScope();
    }

    /// <summary>The same weights from the final hidden states of the pooled positions.</summary>
    /// <param name="model">The model, of which only the head is used.</param>
    /// <param name="states">[batch, pooled, hidden], in the model's dtype.</param>
    /// <param name="logitScale">Factor on every logit.</param>
    public static Tensor PooledWeights(CausalLanguageModel model, Tensor states, double logitScale)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(states);
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        var pooled = PooledLogits(states, model);
        return (pooled * logitScale).relu().log1p().to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The same weights with a gradient. Only the position that attains a term's maximum gets any, and only where the
    /// pooled logit is positive; so those few (text, term, position) products are computed once more under the gradient
    /// and nothing else: the backward pass gathers and scatters rows instead of multiplying by the whole head.
    /// </summary>
    public static Tensor TrainableWeights(CausalLanguageModel model, TokenBatch batch, double logitScale)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        var states = TextStates(model.forward(batch), batch.PoolIndex);                     // [batch, pooled, hidden]
        var (texts, terms, positions) = ActiveUnits(states, model);                           // each [active]
        var winners = states.flatten(0, 1).index_select(0, (texts * states.shape[1]) + positions);
        var logits = (winners * model.HeadWeight.index_select(0, terms)).sum(1);     // [active]
        if (model.HeadBias is { } bias)
        {
            logits += bias.index_select(0, terms);
        }

        var weights = (logits * logitScale).relu().log1p();
        return zeros(batch.PoolIndex.shape[0], model.Config.OutputSize, device: weights.device)
            .index_put_(weights, texts, terms).MoveToOuterDisposeScope();
    }

    private static Tensor TextStates(Tensor hidden, Tensor poolIndex) => // -> [batch, pooled, hidden]
        hidden.flatten(0, 1).index_select(0, poolIndex.flatten()).view(poolIndex.shape[0], poolIndex.shape[1], -1);

    private static Tensor PooledLogits(Tensor states, CausalLanguageModel model) // -> [batch, output]
    {
        using var scope = NewDisposeScope();
        var head = model.Head;
        var flat = states.flatten(0, 1); // [batch * pooled, hidden]
        var slice = Math.Max(256, SliceBytes / (flat.shape[0] * sizeof(float)));
        var parts = new List<Tensor>();
        for (var start = 0L; start < head.Rows; start += slice)
        {
            using var logits = head.Multiply(flat, start, Math.Min(slice, head.Rows - start));
            parts.Add(logits.view(states.shape[0], states.shape[1], -1).amax([1]));
        }

        var pooled = cat(parts, 1);
        return (model.HeadBias is { } bias ? pooled + bias : pooled).MoveToOuterDisposeScope();
    }

    private static (Tensor Texts, Tensor Terms, Tensor Positions) ActiveUnits(Tensor states, CausalLanguageModel model)
    {
        using var ungraded = no_grad();
        using var scope = NewDisposeScope();
        var active = PooledLogits(states, model) > 0;                                        // [batch, output]
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

        return (units.select(1, 0).MoveToOuterDisposeScope(), units.select(1, 1).MoveToOuterDisposeScope(),
            cat(positions).MoveToOuterDisposeScope());
    }
}
