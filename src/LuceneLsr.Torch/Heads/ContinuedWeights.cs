using System.Diagnostics;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Arithmetic;
using LuceneLsr.Torch.Models;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Heads;

/// <summary>
/// The weights of a few terms with a gradient, continued below zero: where a weight is 0, the text's largest logit of
/// the term takes its place. So a term that a text lacks has a gradient, too, and can be learned.
/// </summary>
internal static class ContinuedWeights
{
    /// <summary>Computes the weights, [batch, rows].</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">The texts.</param>
    /// <param name="rule">The rule that turns logits into weights.</param>
    /// <param name="rows">The rows of the head, [rows], I64.</param>
    public static Tensor Compute(LanguageModel model, TokenBatch batch, PoolingRule rule, Tensor rows)
    {
        using var scope = NewDisposeScope();
        var states = PooledHead.ComputeStates(model, batch, rule);                           // [batch, pooled, hidden]
        var logits = states.matmul(model.HeadWeight.index_select(0, rows).t());              // [batch, pooled, rows]
        if (model.HeadBias is { } bias)
        {
            logits = logits.Plus(bias.index_select(0, rows));
        }

        var largest = logits.amax([1]);                                                      // [batch, rows]
        var weights = Pool(logits, largest, batch.PoolMask, rule);
        return where(weights.IsPositive(), weights, largest.Times(rule.LogitScale)).MoveToOuterDisposeScope();
    }

    private static Tensor Pool(Tensor logits, Tensor largest, Tensor mask, PoolingRule rule) // -> [batch, rows]
    {
        var tokens = mask.sum([1], keepdim: true);                                           // [batch, 1]
        return rule.Pooling switch
        {
            TermPooling.Max or TermPooling.Mean => rule.Saturate(largest, tokens),
            TermPooling.Sum => rule.Saturate(Sum(logits.relu()), tokens),
            TermPooling.SaturatedSum => Sum(rule.Saturate(logits, tokens.unsqueeze(2))),
            _ => throw new UnreachableException(),
        };

        Tensor Sum(Tensor summands) => mask.to(summands.dtype).unsqueeze(1).bmm(summands).squeeze(1);
    }
}
