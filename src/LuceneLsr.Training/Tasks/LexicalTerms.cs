using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Torch.Arithmetic;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tasks;

/// <summary>The lexical weights of a batch of texts, which are constants of the training.</summary>
internal static class LexicalTerms
{
    /// <summary>Adds the lexical weights of texts to those of the model.</summary>
    /// <param name="weights">The weights of the model, [texts, terms].</param>
    /// <param name="space">The term space with the lexical weights.</param>
    /// <param name="tokens">The tokens of each text.</param>
    /// <param name="side">The side of the texts.</param>
    /// <returns>The sums, [texts, terms], with the gradient of the model's weights.</returns>
    public static Tensor AddTo(
        Tensor weights, TermSpace space, IReadOnlyList<IReadOnlyList<int>> tokens, TextSide side)
    {
        using var scope = NewDisposeScope();
        (long Text, long Row, float Weight)[] terms = [.. tokens.Index().SelectMany(text => space
            .FindLexicalWeights(text.Item, side).Select(term => ((long)text.Index, (long)term.Row, term.Weight)))];
        var lexical = zeros_like(weights);
        lexical.index_put_(
            tensor(terms.Select(term => term.Weight).ToArray(), device: weights.device),
            tensor(terms.Select(term => term.Text).ToArray(), device: weights.device),
            tensor(terms.Select(term => term.Row).ToArray(), device: weights.device));
        return weights.Plus(lexical).MoveToOuterDisposeScope();
    }
}
