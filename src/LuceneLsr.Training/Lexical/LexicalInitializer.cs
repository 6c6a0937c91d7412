using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Torch.Arithmetic;
using LuceneLsr.Torch.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Lexical;

/// <summary>
/// Sets a model's weights so that, before any training, it already retrieves like a bag of terms weighted by IDF. A
/// token's embedding combines its meaning (a word vector) with an identity (a random direction that the tokens of a
/// term share). The layers start as the identity function. The head row of a term is the mean embedding of its tokens,
/// scaled by IDF, and its bias keeps the term inactive at tokens that are merely similar. Contrastive training then
/// only has to learn which terms to add and which to drop.
/// </summary>
internal static class LexicalInitializer
{
    /// <summary>The length of the meaning part of a unit embedding. The identity part takes the rest.</summary>
    public const float MeaningShare = 0.75f;

    /// <summary>Logits per unit of IDF and cosine.</summary>
    public const double LogitGain = 5;

    /// <summary>The cosine above which a term becomes active.</summary>
    public const double CosineThreshold = 0.45;

    /// <summary>Sets the weights of a model with an untied head and an output bias.</summary>
    /// <param name="model">The model. Its hidden size must exceed the dimension of the word vectors.</param>
    /// <param name="meanings">
    /// A unit vector per token, [vocabulary, dimension], as from <see cref="TokenMeanings.Compute"/>.
    /// </param>
    /// <param name="rowOfToken">The head row of each token, or <see cref="TokenRows.None"/>.</param>
    /// <param name="statistics">The document frequencies of tokens and terms.</param>
    public static void Initialize(
        LanguageModel model, Tensor meanings, IReadOnlyList<int> rowOfToken, PassageStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(meanings);
        ArgumentNullException.ThrowIfNull(rowOfToken);
        ArgumentNullException.ThrowIfNull(statistics);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        int hiddenSize = model.Config.HiddenSize, outputSize = model.Config.OutputSize;
        var embeddings = ComposeEmbeddings(meanings, rowOfToken, hiddenSize); // [vocabulary, hidden]
        var rows = AverageByTerm(embeddings, rowOfToken, statistics, outputSize); // [output, hidden]
        var gains = tensor(Enumerable.Range(0, outputSize)
            .Select(row => (float)(LogitGain * statistics.ComputeIdf(row))).ToArray()); // [output]
        foreach (var (name, parameter) in model.named_parameters())
        {
            InitializeProjection(model, name, parameter);
        }

        // A mean square of about 1, as in a trained LM, so that the first steps of the layers hardly perturb the
        // residual stream.
        GetParameter(model, model.Config.Names.Embeddings + ".weight").copy_(embeddings.Times(Math.Sqrt(hiddenSize)));
        GetParameter(model, model.Config.Names.Head + ".weight").copy_(rows * gains.unsqueeze(1));
        GetParameter(model, model.Config.Names.HeadBias).copy_(gains.Times(-CosineThreshold));
        using Scalar unit = 1 / Math.Sqrt(hiddenSize); // hidden states of unit length
        GetParameter(model, "model.norm.weight").fill_(unit);
    }

    private static Tensor ComposeEmbeddings(Tensor meanings, IReadOnlyList<int> rowOfToken, int hiddenSize)
    {
        var identities = nn.functional.normalize(randn(rowOfToken.Count, hiddenSize - meanings.shape[1]), p: 2, dim: 1);
        long[] firstTokenOfTerm = [.. FindFirstTokens(rowOfToken)];
        return cat(
            [
                meanings.Times(MeaningShare),
                identities.index_select(0, tensor(firstTokenOfTerm)).Times(MathF.Sqrt(1 - (MeaningShare * MeaningShare)))
            ],
            1);
    }

    // Tokens of one term share the identity of the first of them. A token without a term has its own.
    private static IEnumerable<long> FindFirstTokens(IReadOnlyList<int> rowOfToken)
    {
        var first = new Dictionary<int, long>();
        for (var token = 0; token < rowOfToken.Count; token++)
        {
            var row = rowOfToken[token];
            if (row != TokenRows.None)
            {
                first.TryAdd(row, token);
            }

            yield return row != TokenRows.None ? first[row] : token;
        }
    }

    // Averages the embeddings of each term's tokens, weighted by log document frequency.
    private static Tensor AverageByTerm(
        Tensor embeddings, IReadOnlyList<int> rowOfToken, PassageStatistics statistics, int rows)
    {
        int[] tokens = [.. Enumerable.Range(0, rowOfToken.Count).Where(token => rowOfToken[token] != TokenRows.None)];
        var index = tensor(tokens.Select(token => (long)rowOfToken[token]).ToArray());
        var weights = tensor(tokens.Select(token => (float)Math.Log(2 + statistics.TokenFrequency[token])).ToArray());
        var members = embeddings.index_select(0, tensor(tokens.Select(token => (long)token).ToArray()));
        var sums = zeros(rows, embeddings.shape[1]).index_add_(0, index, members * weights.unsqueeze(1), Scalars.One);
        var totals = zeros(rows).index_add_(0, index, weights, Scalars.One);
        return sums / totals.unsqueeze(1);
    }

    private static Tensor GetParameter(LanguageModel model, string name) => model.named_parameters()
        .First(parameter => parameter.name == name).parameter;

    private static void InitializeProjection(LanguageModel model, string name, Tensor parameter)
    {
        if (model.Config.Names.IsResidualProjection(name))
        {
            parameter.zero_(); // each layer starts by adding nothing to the residual stream
        }
        else if (name.EndsWith("_proj.weight", StringComparison.Ordinal))
        {
            nn.init.normal_(parameter, 0, 1 / Math.Sqrt(parameter.shape[1]));
        }
    }
}
