using LuceneLsr.Torch.Arithmetic;
using LuceneLsr.Training.Lexical;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Semantic;

/// <summary>
/// Computes head rows from the embeddings of single tokens. A row is the mean direction of its term's tokens, so its
/// product with a hidden state of the same encoder is large for terms that mean something similar.
/// </summary>
internal static class SemanticHead
{
    /// <summary>Computes the weights of the head.</summary>
    /// <param name="embeddings">Unit embeddings of the tokens that have a term, [tokens, hidden].</param>
    /// <param name="rowOfToken">The head row of each of them.</param>
    /// <param name="lengths">The length of each row, [rows].</param>
    /// <returns>[rows, hidden].</returns>
    public static Tensor ComputeRows(Tensor embeddings, IReadOnlyList<int> rowOfToken, Tensor lengths)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        // The mean is common to all short texts. Without it, every token resembles every other.
        var centered = nn.functional.normalize(
            embeddings - embeddings.mean([0], keepdim: true), p: 2, dim: 1);                     // [tokens, hidden]
        var sums = zeros(lengths.shape[0], embeddings.shape[1])
            .index_add_(0, tensor(rowOfToken.Select(row => (long)row).ToArray()), centered, Scalars.One);
        return (nn.functional.normalize(sums, p: 2, dim: 1) * lengths.unsqueeze(1)).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Computes the gain of each row: its IDF to a power, relative to the mean over the rows, so that rare terms, which
    /// say more about a text, get larger weights.
    /// </summary>
    /// <param name="statistics">The document frequencies of terms.</param>
    /// <param name="power">The power. With 0 all gains are 1.</param>
    /// <returns>[rows].</returns>
    public static Tensor ComputeGains(PassageStatistics statistics, double power)
    {
        double[] powers = [.. Enumerable.Range(0, statistics.TermFrequency.Length)
            .Select(row => Math.Pow(statistics.ComputeIdf(row), power))];
        var mean = powers.Average();
        return tensor(powers.Select(value => (float)(value / mean)).ToArray());
    }
}
