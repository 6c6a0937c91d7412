using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Layouts;

/// <summary>The settings of a public sparse model.</summary>
internal static class PublicSettings
{
    private const float ImpactsPerWeight = 100; // two digits of weights that rarely exceed 4

    /// <summary>
    /// Creates the settings: each token of the vocabulary is a term, all tokens of the input are pooled, and nothing is
    /// pruned.
    /// </summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="maxLength">The maximum number of tokens of the input, including special tokens.</param>
    /// <param name="pooling">The pooling of each side.</param>
    /// <param name="hasQueryTable">
    /// Whether queries get weights from a table. Then special tokens have no term, because no query contains them.
    /// </param>
    public static LsrSettings Create(
        TextTokenizer tokenizer, int maxLength, PerSide<SpladePooling> pooling, bool hasQueryTable)
    {
        var (before, after) = (tokenizer.Template.Before.Count, tokenizer.Template.After.Count);
        return new LsrSettings
        {
            Variant = PerSide.Both(AttentionVariant.Bidirectional),
            LowerCase = false, // the tokenizer does it if the model needs it
            AddBos = before > 0,
            AddEos = after > 0,
            PooledTokens = PooledTokens.All,
            Pooling = new(pooling.Query.Pooling, pooling.Document.Pooling),
            Saturation = new(pooling.Query.Saturation, pooling.Document.Saturation),
            MaxTokens = PerSide.Both(maxLength - before - after),
            MaxTerms = PerSide.Both(int.MaxValue),
            TermRule = new TermRule(Tokens: hasQueryTable ? TokenTerms.Token : TokenTerms.AnyToken),
            ImpactFactor = ImpactsPerWeight,
            ImpactMaximum = ImpactScale.MaxImpactLimit,
        };
    }
}
