using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Models;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Semantic;

/// <summary>Embeds single tokens with a sentence encoder.</summary>
internal static class TokenEmbeddings
{
    private const int BatchSize = 512;

    /// <summary>
    /// Computes the embedding of each token as a text of its own: the mean of the final hidden states, special tokens
    /// included (mean pooling; Reimers and Gurevych, Sentence-BERT, 2019), scaled to unit length.
    /// </summary>
    /// <param name="backbone">The backbone of the sentence encoder.</param>
    /// <param name="tokenizer">The tokenizer of the sentence encoder.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="cancellationToken">Cancels the computation.</param>
    /// <returns>[tokens, hidden].</returns>
    public static Tensor Compute(
        LanguageModel backbone, TextTokenizer tokenizer, IReadOnlyList<int> tokens, CancellationToken cancellationToken)
    {
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        var template = tokenizer.Template;
        var batches = tokens.Chunk(BatchSize).Select(batch =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            using var texts = TokenBatch.Create(
                [.. batch.Select(token => TokenSequence.Create(
                    template.Before, [token], template.After, AttentionVariant.Bidirectional))],
                AttentionVariant.Bidirectional, CPU);
            return nn.functional.normalize(backbone.forward(texts).mean([1]), p: 2, dim: 1).MoveToOuterDisposeScope();
        });
        return cat([.. batches]).MoveToOuterDisposeScope();
    }
}
