using System.Diagnostics;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Arithmetic;
using LuceneLsr.Torch.Models;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Heads;

/// <summary>
/// The CSPLADE head (arXiv 2504.10816): w_j = log(1 + max over text positions i of ReLU(L_ij)) for logits
/// L = hidden x head^T, or as the <see cref="PoolingRule"/> prescribes. The head is multiplied in slices, each of which
/// is pooled at once, so a tensor of shape [batch, length, vocabulary] never exists.
/// </summary>
internal static class PooledHead
{
    /// <summary>Computes finite, non-negative weights [batch, output] without a gradient.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">The texts.</param>
    /// <param name="rule">The rule that turns logits into weights.</param>
    public static Tensor ComputeWeights(LanguageModel model, TokenBatch batch, PoolingRule rule)
    {
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        var states = batch.SelectPooled(model.forward(batch));                               // [batch, pooled, hidden]
        return ComputeWeights(model, states, batch.PoolMask, rule).MoveToOuterDisposeScope();
    }

    /// <summary>Computes the same weights from the final hidden states of the pooled positions.</summary>
    /// <param name="model">The model. Only its head is used.</param>
    /// <param name="states">The hidden states, [batch, pooled, hidden], in the model's dtype.</param>
    /// <param name="mask">[batch, pooled], as <see cref="TokenBatch.PoolMask"/>.</param>
    /// <param name="rule">The rule that turns logits into weights.</param>
    public static Tensor ComputeWeights(LanguageModel model, Tensor states, Tensor mask, PoolingRule rule)
    {
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        var tokens = mask.sum([1], keepdim: true);                                           // [batch, 1]
        var weights = rule.Pooling switch
        {
            TermPooling.Max => rule.Saturate(MaxPooling.PoolLogits(model, states), tokens),
            TermPooling.Mean =>
                rule.Saturate(MaxPooling.PoolLogits(model, MeanPooling.PoolStates(states, mask)), tokens),
            TermPooling.Sum =>
                rule.Saturate(SumPooling.Pool(model, states, mask, logits => logits.relu_()), tokens),
            TermPooling.SaturatedSum =>
                SumPooling.Pool(model, states, mask, logits => rule.Saturate(logits, tokens.unsqueeze(2))),
            _ => throw new UnreachableException(),
        };
        return weights.to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>Computes the same weights with a gradient.</summary>
    /// <remarks>
    /// Only the logits that a positive weight comes from have a gradient: a term's maximum, or the summed logits. With
    /// several states per text, these few (text, position, term) products are computed again under autograd, so the
    /// backward pass gathers and scatters rows instead of multiplying by the whole head.
    /// </remarks>
    /// <exception cref="InvalidOperationException">Too many logits are positive for sum pooling.</exception>
    public static Tensor ComputeTrainableWeights(LanguageModel model, TokenBatch batch, PoolingRule rule)
    {
        using var scope = NewDisposeScope();
        return ComputeTrainableWeights(model, ComputeStates(model, batch, rule), batch, rule).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Computes the states that the head multiplies: those of the pooled positions, [batch, pooled, hidden], or the
    /// mean states, [batch, 1, hidden].
    /// </summary>
    /// <param name="model">The model. Its head is not used.</param>
    /// <param name="batch">The texts.</param>
    /// <param name="rule">The rule that turns logits into weights.</param>
    public static Tensor ComputeStates(LanguageModel model, TokenBatch batch, PoolingRule rule)
    {
        if (rule.Pooling == TermPooling.Mean)
        {
            return MeanPooling.ComputeStates(model, batch);
        }

        using var scope = NewDisposeScope();
        return batch.SelectPooled(model.forward(batch)).MoveToOuterDisposeScope();
    }

    /// <summary>Computes the same weights from the states that the head multiplies.</summary>
    /// <param name="model">The model. Only its head is used.</param>
    /// <param name="states">The states, as of <see cref="ComputeStates"/>.</param>
    /// <param name="batch">The texts.</param>
    /// <param name="rule">The rule that turns logits into weights.</param>
    /// <exception cref="InvalidOperationException">Too many logits are positive for sum pooling.</exception>
    public static Tensor ComputeTrainableWeights(
        LanguageModel model, Tensor states, TokenBatch batch, PoolingRule rule)
    {
        using var scope = NewDisposeScope();
        var tokens = batch.PoolMask.sum([1]);                                                // [batch]
        if (rule.Pooling == TermPooling.Mean) // one state per text: the whole product costs less than a selection
        {
            return rule.Saturate(model.ComputeLogits(states.squeeze(1)), tokens.unsqueeze(1))
                .MoveToOuterDisposeScope();
        }

        var units = rule.Pooling switch
        {
            TermPooling.Max => MaxPooling.FindActiveUnits(model, states),
            TermPooling.Sum or TermPooling.SaturatedSum =>
                SumPooling.FindActiveUnits(model, states, batch.PoolMask),
            _ => throw new UnreachableException(),
        };
        var logits = ComputeLogits(model, states, units);                                    // [active]
        long texts = states.shape[0], output = model.Config.OutputSize;
        var isSaturated = rule.Pooling == TermPooling.SaturatedSum;
        var summands = isSaturated ? rule.Saturate(logits, tokens.index_select(0, units.Texts)) : logits.relu();
        var pooled = zeros(texts * output, summands.dtype, logits.device)
            .index_add(0, units.Texts.Times(output).Plus(units.Terms), summands, Scalars.One).view(texts, output);
        return (isSaturated ? pooled : rule.Saturate(pooled, tokens.unsqueeze(1))).MoveToOuterDisposeScope();
    }

    private static Tensor ComputeLogits(LanguageModel model, Tensor states, ActiveUnits units) // -> [active]
    {
        var unitStates = states.flatten(0, 1).index_select(0, units.Texts.Times(states.shape[1]).Plus(units.Positions));
        var logits = (unitStates * model.HeadWeight.index_select(0, units.Terms)).sum(1);
        return model.HeadBias is { } bias ? logits.add(bias.index_select(0, units.Terms), Scalars.One) : logits;
    }
}
