using LuceneLsr.Tokenization.Settings;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Heads;

/// <summary>
/// The CSPLADE representation: w_j = log(1 + max over text positions i of ReLU(L_ij)) for logits L = hidden x head^T, or
/// what else the <see cref="PoolingRule"/> says. Positions are pooled first and saturated once; the head is multiplied in
/// slices, so no tensor of shape [batch, length, vocabulary] ever exists.
/// </summary>
public static class PooledHead
{
    /// <summary>Weights [batch, output], all finite and at least 0. No gradient.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">The texts.</param>
    /// <param name="rule">How logits become weights.</param>
    public static Tensor Weights(CausalLanguageModel model, TokenBatch batch, PoolingRule rule)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batch);
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        return Weights(model, TextStates(model.forward(batch), batch.PoolIndex), batch.PoolMask, rule)
            .MoveToOuterDisposeScope();
    }

    /// <summary>The same weights from the final hidden states of the pooled positions.</summary>
    /// <param name="model">The model, of which only the head is used.</param>
    /// <param name="states">[batch, pooled, hidden], in the model's dtype.</param>
    /// <param name="mask">[batch, pooled], as <see cref="TokenBatch.PoolMask"/>.</param>
    /// <param name="rule">How logits become weights.</param>
    public static Tensor Weights(CausalLanguageModel model, Tensor states, Tensor mask, PoolingRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(mask);
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        var pooled = rule.Pooling == TermPooling.Max
            ? MaxPooling.Logits(model, states)
            : SumPooling.Logits(model, states, mask);
        return rule.Saturate(pooled, mask).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The same weights with a gradient. Only the positions that a positive weight comes from get any: the one that
    /// attains a term's maximum, or those whose logits are summed. So these few (text, position, term) products are
    /// computed once more under the gradient and nothing else: the backward pass gathers and scatters rows instead of
    /// multiplying by the whole head.
    /// </summary>
    /// <exception cref="InvalidOperationException">Too many logits are positive to be summed so.</exception>
    public static Tensor TrainableWeights(CausalLanguageModel model, TokenBatch batch, PoolingRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        var states = TextStates(model.forward(batch), batch.PoolIndex);                      // [batch, pooled, hidden]
        var units = rule.Pooling == TermPooling.Max
            ? MaxPooling.ActiveUnits(model, states)
            : SumPooling.ActiveUnits(model, states, batch.PoolMask);
        long texts = states.shape[0], output = model.Config.OutputSize;
        var atUnits = states.flatten(0, 1).index_select(0, (units.Texts * states.shape[1]) + units.Positions);
        var logits = (atUnits * model.HeadWeight.index_select(0, units.Terms)).sum(1);       // [active]
        if (model.HeadBias is { } bias)
        {
            logits += bias.index_select(0, units.Terms);
        }

        var pooled = zeros(texts * output, logits.dtype, logits.device)
            .index_add(0, (units.Texts * output) + units.Terms, logits.relu(), 1);
        return rule.Saturate(pooled.view(texts, output), batch.PoolMask).MoveToOuterDisposeScope();
    }

    private static Tensor TextStates(Tensor hidden, Tensor poolIndex) => // -> [batch, pooled, hidden]
        hidden.flatten(0, 1).index_select(0, poolIndex.flatten()).view(poolIndex.shape[0], poolIndex.shape[1], -1);
}
