using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Lexical;

/// <summary>
/// Initial weights under which a model, before any training, already retrieves like a set of terms weighted by IDF:
/// a token's embedding is part meaning (a word vector) and part identity (a random direction of its own term); the
/// layers start as the identity; the head's row of a term is the mean of its tokens' embeddings, scaled by IDF, with a
/// bias that silences whatever is merely similar. Contrastive training then only has to learn what to add and to drop.
/// </summary>
internal static class LexicalInitializer
{
    /// <summary>Meaning's share of a unit embedding's length; identity takes the rest.</summary>
    public const float MeaningShare = 0.75f;

    /// <summary>Logits per unit of IDF and cosine.</summary>
    public const double LogitGain = 5;

    /// <summary>The cosine at which a term starts to be active.</summary>
    public const double CosineThreshold = 0.45;

    /// <summary>Writes the initial weights into a model with an untied head and a bias.</summary>
    /// <param name="model">The model; its hidden size exceeds the word vectors' dimension.</param>
    /// <param name="meanings">A unit vector a token, [vocabulary, dimension].</param>
    /// <param name="rowOfToken">The head's row of each token, or -1.</param>
    /// <param name="statistics">Frequencies of tokens and terms.</param>
    public static void Initialize(
        CausalLanguageModel model, Tensor meanings, IReadOnlyList<int> rowOfToken, PassageStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(meanings);
        ArgumentNullException.ThrowIfNull(rowOfToken);
        ArgumentNullException.ThrowIfNull(statistics);
        using var ungraded = no_grad();
        using var scope = NewDisposeScope();
        var embeddings = Embeddings(meanings, rowOfToken, model.Config.HiddenSize);
        var rows = TermMeans(embeddings, rowOfToken, statistics, model.Config.OutputSize);
        var gains = tensor(Enumerable.Range(0, model.Config.OutputSize)
            .Select(row => (float)(LogitGain * statistics.ComputeIdf(row))).ToArray());
        foreach (var (name, parameter) in model.named_parameters())
        {
            InitializeProjection(name, parameter);
        }

        // About one a dimension, as in a trained LM:
        // the young layers' first steps then perturb the residual stream little.
        Named(model, "model.embed_tokens.weight").copy_(embeddings * Math.Sqrt(model.Config.HiddenSize));
        Named(model, "lm_head.weight").copy_(rows * gains.unsqueeze(1));
        Named(model, "lm_head.bias").copy_(gains * -CosineThreshold);
        Named(model, "model.norm.weight").fill_(1 / Math.Sqrt(model.Config.HiddenSize)); // hidden states of unit length
    }

    /// <summary>
    /// A unit vector a token: its own word's; else the mean of the words that contain it, weighted by log count; else a
    /// random direction. Shape [vocabulary, dimension].
    /// </summary>
    public static Tensor ComputeMeanings(TextTokenizer tokenizer, WordVectors words, Func<string, long> countOf)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(countOf);
        using var scope = NewDisposeScope();
        var dimension = (int)words.Vectors.shape[1];
        var source = words.Vectors.data<float>().ToArray();
        var sums = new float[tokenizer.VocabularySize * dimension];
        var known = new bool[tokenizer.VocabularySize];
        foreach (var (row, word) in words.Words.Index())
        {
            var weight = (float)Math.Log(1 + countOf(word));
            foreach (var piece in tokenizer.Encode(" " + word).Distinct())
            {
                AddScaled(sums, piece * dimension, source, row * dimension, dimension, weight);
                known[piece] |= weight > 0;
            }
        }

        for (var token = 0; token < tokenizer.VocabularySize; token++)
        {
            if (tokenizer.GetSurface(token)?.Trim() is { } surface && words.Rows.TryGetValue(surface, out var row))
            {
                source.AsSpan(row * dimension, dimension).CopyTo(sums.AsSpan(token * dimension));
                known[token] = true;
            }
        }

        var vectors = tensor(sums, [tokenizer.VocabularySize, dimension]);
        var random = randn(tokenizer.VocabularySize, dimension);
        return nn.functional.normalize(where(tensor(known).unsqueeze(1), vectors, random), p: 2, dim: 1)
            .MoveToOuterDisposeScope();
    }

    private static void AddScaled(float[] target, int at, float[] source, int from, int count, float weight)
    {
        for (var index = 0; index < count; index++)
        {
            target[at + index] += weight * source[from + index];
        }
    }

    private static Tensor Embeddings(Tensor meanings, IReadOnlyList<int> rowOfToken, int hiddenSize)
    {
        var identities = nn.functional.normalize(randn(rowOfToken.Count, hiddenSize - meanings.shape[1]), p: 2, dim: 1);
        long[] firstTokenOfTerm = [.. FirstTokens(rowOfToken)];
        return cat(
            [
                meanings * MeaningShare,
                identities.index_select(0, tensor(firstTokenOfTerm)) * MathF.Sqrt(1 - (MeaningShare * MeaningShare))
            ],
            1);
    }

    // Tokens of one term share the identity of the first of them; a token without a term keeps its own.
    private static IEnumerable<long> FirstTokens(IReadOnlyList<int> rowOfToken)
    {
        var first = new Dictionary<int, long>();
        for (var token = 0; token < rowOfToken.Count; token++)
        {
            if (rowOfToken[token] >= 0)
            {
                first.TryAdd(rowOfToken[token], token);
            }

            yield return rowOfToken[token] >= 0 ? first[rowOfToken[token]] : token;
        }
    }

    private static Tensor TermMeans(
        Tensor embeddings, IReadOnlyList<int> rowOfToken, PassageStatistics statistics, int rows)
    {
        int[] tokens = [.. Enumerable.Range(0, rowOfToken.Count).Where(token => rowOfToken[token] >= 0)];
        var index = tensor(tokens.Select(token => (long)rowOfToken[token]).ToArray());
        var weights = tensor(tokens.Select(token => (float)Math.Log(2 + statistics.TokenFrequency[token])).ToArray());
        var members = embeddings.index_select(0, tensor(tokens.Select(token => (long)token).ToArray()));
        var sums = zeros(rows, embeddings.shape[1]).index_add_(0, index, members * weights.unsqueeze(1), 1);
        var totals = zeros(rows).index_add_(0, index, weights, 1);
        return sums / totals.unsqueeze(1);
    }

    private static Tensor Named(CausalLanguageModel model, string name) => model.named_parameters()
        .First(parameter => parameter.name == name).parameter;

    private static void InitializeProjection(string name, Tensor parameter)
    {
        if (name.EndsWith("o_proj.weight", StringComparison.Ordinal)
            || name.EndsWith("down_proj.weight", StringComparison.Ordinal))
        {
            parameter.zero_(); // each layer starts by adding nothing to the residual stream
        }
        else if (name.EndsWith("_proj.weight", StringComparison.Ordinal))
        {
            nn.init.normal_(parameter, 0, 1 / Math.Sqrt(parameter.shape[1]));
        }
    }
}
