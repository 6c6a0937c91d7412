using System.Text.RegularExpressions;
using LuceneLsr.Files;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Arithmetic;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Weights;
using LuceneLsr.Training.Lexical;
using LuceneLsr.Training.Semantic;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Models;

/// <summary>
/// Creates a sparse encoder from a pretrained sentence encoder. Each term's head row is the sentence encoder's own
/// embedding of the term, so the model expands texts before any training. A query table of the lexical weights is
/// written with it.
/// </summary>
public static partial class SemanticModel
{
    private const int SampledPassages = 2000; // a density of 0.005 is 10 of them

    private static readonly LsrSettings Settings = new()
    {
        Variant = PerSide.Both(AttentionVariant.Bidirectional),
        AddBos = true,
        AddEos = true,
        TermRule = new TermRule(Stemming.Porter),
    };

    // Lucene's default constants of BM25, at a length of short passages.
    private static readonly TermFrequencyFactor TermFrequency = new(K1: 1.2f, B: 0.75f, AverageTokens: 100);

    /// <summary>Creates a model and writes it as an F32 checkpoint directory.</summary>
    /// <param name="source">
    /// The directory of the sentence encoder: <c>config.json</c>, <c>model.safetensors</c> and its tokenizer.
    /// </param>
    /// <param name="texts">The texts whose passages are counted for IDF.</param>
    /// <param name="options">The settings of the head.</param>
    /// <param name="directory">The new checkpoint directory.</param>
    /// <param name="report">Receives progress messages.</param>
    /// <param name="cancellationToken">Cancels the creation.</param>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    /// <exception cref="CheckpointException">The sentence encoder is not valid or not supported.</exception>
    /// <exception cref="InvalidDataException">The texts have too few passages to choose terms by.</exception>
    public static void Create(
        string source, IEnumerable<string> texts, SemanticModelOptions options, string directory,
        Action<string> report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(report);
        options.Validate();
        report("Loading the sentence encoder");
        using var backbone = BackboneLoader.Load(source);
        var tokenizer = TextTokenizer.Load(source);
        report("Counting passages");
        var sample = new PassageSample(SampledPassages);
        var (terms, statistics) = FindTerms(tokenizer, sample.Collect(texts), options, cancellationToken);
        var rowOfToken = TokenRows.FromTerms(tokenizer, terms, Settings.TermRule);
        int[] words = [.. FindWords(tokenizer).Where(token => rowOfToken[token] != TokenRows.None)];
        report($"Embedding {words.Length:N0} words of {terms.Count:N0} terms");
        using var embeddings = TokenEmbeddings.Compute(backbone, tokenizer, words, cancellationToken);
        var lexicalWeights = ComputeLexicalWeights(terms, statistics, options.LexicalWeight);
        using var checkpoint = Checkpoint.Create(
            CreateConfig((EncoderConfig)backbone.Config, terms),
            new TermSpace(tokenizer, terms, CreateSettings(options), new LexicalWeights(lexicalWeights)));
        CopyBackbone(backbone, checkpoint.Model);
        SetRows(checkpoint.Model, embeddings, [.. words.Select(token => rowOfToken[token])], statistics, options);
        report("Reading passages to set the density of terms");
        TermDensity.SetBiases(checkpoint, sample.Passages, options.Density, cancellationToken);
        checkpoint.Save(directory, Precision.Float32);
        new QueryWeights(lexicalWeights.Select(entry => new TermWeight(entry.Key, entry.Value))).Save(directory);
        TextTokenizer.CopyFiles(source, directory);
    }

    private static LsrSettings CreateSettings(SemanticModelOptions options)
    {
        var settings = Settings with
        {
            WholeWordWeight = PerSide.Both(options.WholeWordWeight),
            DocumentTermFrequency = TermFrequency,
        };
        return options.Pooling == TermPooling.Max
            ? settings // the largest logits of special tokens are the same for every text, so they are not pooled
            : settings with
            {
                Pooling = PerSide.Both(options.Pooling),
                PooledTokens = PooledTokens.All, // as in the sentence encoder's own mean
                MaxTokens = Settings.MaxTokens with { Document = TermDensity.MaxTokens }, // a longer mean says less
                DocumentStride = 112,
            };
    }

    // Pieces inside words get no row: alone they mean little, and the exact-match terms cover split words.
    private static IEnumerable<int> FindWords(TextTokenizer tokenizer) => Enumerable.Range(0, tokenizer.VocabularySize)
        .Where(token => tokenizer.StartsWord(token) && Word().IsMatch(tokenizer.GetSurface(token)!));

    private static (TermVocabulary Terms, PassageStatistics Statistics) FindTerms(
        TextTokenizer tokenizer, IEnumerable<string> texts, SemanticModelOptions options,
        CancellationToken cancellationToken)
    {
        var all = new TermVocabulary(FindWords(tokenizer)
            .Select(token => Settings.TermRule.ToTerm(tokenizer.GetSurface(token)!)).OfType<string>()
            .Distinct(StringComparer.Ordinal));
        var statistics = PassageStatistics.Count(
            texts, tokenizer, TokenRows.FromTerms(tokenizer, all, Settings.TermRule), all.Count, cancellationToken);
        int[] kept = [.. Enumerable.Range(0, all.Count)
            .Where(row => statistics.TermFrequency[row] >= options.MinPassages)];
        Require.Data(kept.Length > 0,
            $"No word of the sentence encoder's vocabulary occurs in {options.MinPassages} passages of the texts. Use "
            + "more texts, of the kind to search");
        return (
            new TermVocabulary(kept.Select(row => all[row])),
            statistics with { TermFrequency = [.. kept.Select(row => statistics.TermFrequency[row])] });
    }

    private static EncoderConfig CreateConfig(EncoderConfig backbone, TermVocabulary terms) => backbone with
    {
        HasHead = true,
        TieWordEmbeddings = false,
        OutputSize = terms.Count,
        OutputBias = true,
    };

    private static void CopyBackbone(LanguageModel source, LanguageModel target)
    {
        using var noGrad = no_grad();
        var parameters = target.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter);
        foreach (var (name, value) in source.named_parameters())
        {
            parameters[name].copy_(value);
        }
    }

    private static void SetRows(
        LanguageModel model, Tensor embeddings, int[] rowOfToken, PassageStatistics statistics,
        SemanticModelOptions options)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var gains = SemanticHead.ComputeGains(statistics, options.IdfPower);
        var lengths = gains.Times(options.RowLength);
        model.HeadWeight.copy_(SemanticHead.ComputeRows(embeddings, rowOfToken, lengths));
    }

    private static Dictionary<string, float> ComputeLexicalWeights(
        TermVocabulary terms, PassageStatistics statistics, double meanWeight)
    {
        using var gains = SemanticHead.ComputeGains(statistics, power: 1);
        return gains.data<float>().ToArray().Index().ToDictionary(
            gain => terms[gain.Index]!, gain => (float)meanWeight * MathF.Sqrt(gain.Item), StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^\s?[\p{L}\p{N}\p{M}]+$")]
    private static partial Regex Word();
}
