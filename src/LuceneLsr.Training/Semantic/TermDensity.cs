using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Heads;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Semantic;

/// <summary>
/// Sets the biases of a head so that every term is active in the same share of passages. Without it, some terms are
/// close to every text and others to none.
/// </summary>
internal static class TermDensity
{
    /// <summary>
    /// The maximum length of a passage: about that of the texts that sentence encoders are trained on.
    /// </summary>
    public const int MaxTokens = 128;

    /// <summary>Sets the biases.</summary>
    /// <param name="checkpoint">The checkpoint. Its head has a bias.</param>
    /// <param name="passages">The passages. There is at least one.</param>
    /// <param name="density">
    /// The share of passages, rounded to whole passages, at least one of which is left out.
    /// </param>
    /// <param name="cancellationToken">Cancels the computation.</param>
    public static void SetBiases(
        Checkpoint checkpoint, IReadOnlyList<string> passages, double density, CancellationToken cancellationToken)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var bias = checkpoint.Model.HeadBias!;
        bias.zero_();
        IReadOnlyList<int>[] texts = [.. passages
            .Select(passage => checkpoint.Space.Tokenize(passage, MaxTokens, out _)).Where(tokens => tokens.Count > 0)];
        var batches = LengthBatches.Split(texts, tokens => tokens.Count).Select(batch =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ComputeLogits(checkpoint, batch);
        });
        var logits = cat([.. batches]);                                               // [passages, rows]
        var active = Math.Min((int)Math.Round(density * texts.Length), texts.Length - 1);
        bias.copy_(-logits.kthvalue(texts.Length - active, dim: 0).values);           // the largest that is not active
    }

    private static Tensor ComputeLogits(Checkpoint checkpoint, IReadOnlyList<IReadOnlyList<int>> texts)
    {
        using var scope = NewDisposeScope();
        using var batch = checkpoint.CreateBatch(texts, TextSide.Document, CPU);
        var rule = checkpoint.GetPoolingRule(TextSide.Document);
        return MaxPooling.PoolLogits(checkpoint.Model, PooledHead.ComputeStates(checkpoint.Model, batch, rule))
            .MoveToOuterDisposeScope();
    }
}
