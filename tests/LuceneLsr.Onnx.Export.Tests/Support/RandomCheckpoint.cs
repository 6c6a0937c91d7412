using CsCheck;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Weights;
using static TorchSharp.torch;

namespace LuceneLsr.Onnx.Export.Tests.Support;

/// <summary>Random miniature models with random settings.</summary>
internal static class RandomCheckpoint
{
    private const int Groups = 32; // the width of int4's groups

    private const string Template =
        """
        {"type": "TemplateProcessing", "special_tokens": {"x": {"ids": [299]}, "y": {"ids": [298]} },
         "single": [{"SpecialToken": {"id": "x"} }, {"Sequence": {"id": "A"} }, {"SpecialToken": {"id": "y"} }]}
        """;

    /// <summary>Gets a decoder that can be quantized to 4 bits.</summary>
    public static DecoderConfig Decoder { get; } = new()
    {
        VocabSize = TinyTokenizer.Size,
        HiddenSize = Groups,
        IntermediateSize = 2 * Groups,
        NumHiddenLayers = 2,
        NumAttentionHeads = 4,
        NumKeyValueHeads = 2,
        HeadDim = 8,
        RmsNormEps = 0.05,
        RopeTheta = 100,
        MaxPositionEmbeddings = 512,
        TieWordEmbeddings = false,
        OutputSize = 2500, // more than a slice of the head
        OutputBias = true,
    };

    /// <summary>Generates decoders of every variant.</summary>
    public static Gen<DecoderConfig> Decoders { get; } =
        from groups in Gen.Int[1, 2]
        from keyValueHeads in Gen.Int[1, 2]
        from headDim in OneOf(4, 6)
        from flags in Gen.Bool.Array[7]
        from window in OneOf<int?>(null, 1, 3, 100)
        from scaling in OneOf<RopeScaling?>(null, new(2), new(4, new(1, 4, 16)))
        select new DecoderConfig
        {
            VocabSize = TinyTokenizer.Size,
            HiddenSize = flags[0] ? Groups : 16,
            IntermediateSize = flags[0] ? 2 * Groups : 24,
            NumHiddenLayers = 2,
            NumAttentionHeads = groups * keyValueHeads,
            NumKeyValueHeads = keyValueHeads,
            HeadDim = headDim,
            RmsNormEps = 0.05,
            RopeTheta = 100,
            RopeScaling = scaling,
            MaxPositionEmbeddings = 512,
            QueryKeyValueBias = flags[1],
            AttentionOutputBias = flags[2],
            FeedForwardBias = flags[3],
            QueryKeyNorm = flags[4],
            SlidingWindow = window,
            FirstSlidingWindowLayer = 1,
            TieWordEmbeddings = flags[5],
            OutputSize = flags[5] ? TinyTokenizer.Size : 37,
            OutputBias = flags[6],
        };

    /// <summary>Generates encoders of every family.</summary>
    public static Gen<EncoderConfig> Encoders { get; } =
        from family in OneOf("bert", "distilbert", "roberta", "xlm-roberta")
        from flags in Gen.Bool.Array[4]
        select new EncoderConfig
        {
            ModelType = family,
            VocabSize = TinyTokenizer.Size,
            HiddenSize = flags[0] ? Groups : 16,
            IntermediateSize = flags[0] ? 2 * Groups : 24,
            NumHiddenLayers = 2,
            NumAttentionHeads = 4,
            MaxPositionEmbeddings = 60,
            LayerNormEps = family == "distilbert" ? 1e-12 : 0.05,
            TypeVocabSize = family switch { "bert" => 2, "distilbert" => 0, _ => 1 },
            PositionOffset = family is "roberta" or "xlm-roberta" ? 2 : 0,
            TieWordEmbeddings = flags[1],
            OutputSize = flags[1] ? TinyTokenizer.Size : 37,
            OutputBias = flags[2],
            HeadTransform = flags[3],
        };

    /// <summary>Generates settings with every rule of reading, pooling and saturation.</summary>
    public static Gen<LsrSettings> Settings { get; } =
        from variant in PerSideOf(Enum.GetValues<AttentionVariant>())
        from pooling in PerSideOf(Enum.GetValues<TermPooling>())
        from saturation in PerSideOf(Enum.GetValues<Saturation>())
        from tokens in OneOf(Enum.GetValues<PooledTokens>())
        from flags in Gen.Bool.Array[4]
        select new LsrSettings
        {
            Variant = variant,
            Pooling = pooling,
            Saturation = saturation,
            PooledTokens = tokens,
            AddBos = flags[0],
            AddEos = flags[3],
            Prefix = flags[1] ? new("cat dog", "") : new("", ""),
            LogitScale = flags[2] ? 0.5f : 1,
            DocumentLengthNormalization = flags[2] ? new(0.75f, 6) : null,
            MaxTokens = PerSide.Both(16),
        };

    /// <summary>
    /// Gets the options whose integers are those of a checkpoint in a precision: with 4 bits, TorchSharp stores
    /// embeddings and head in 8.
    /// </summary>
    public static OnnxExportOptions LikeTorch(Precision precision)
    {
        var outer = precision == Precision.Int4 ? Precision.Int8 : precision;
        return new() { Layers = precision, Embeddings = outer, Head = outer };
    }

    /// <summary>Creates a checkpoint with random weights, and writes its tokenizer and settings to a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="config">The shape of the model.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <param name="lexicalWeights">The file of lexical weights. With one, each token is its own term.</param>
    public static Checkpoint Create(
        TemporaryFolder folder, ModelConfig config, LsrSettings settings, int seed, string? lexicalWeights = null)
    {
        settings.Save(folder.Path);
        folder.Write(TextTokenizer.FileName, JsonMutations.With(TinyTokenizer.Json(), "post_processor", Template));
        var tokenizer = TextTokenizer.Load(folder.Path);
        var terms = lexicalWeights is null
            ? new TermVocabulary(Enumerable.Range(0, config.OutputSize).Select(row => $"term{row}"))
            : TermVocabulary.FromTokens(tokenizer, settings.TermRule);
        if (lexicalWeights is not null)
        {
            folder.Write(LexicalWeights.FileName, lexicalWeights);
        }

        var checkpoint = Checkpoint.Create(
            config,
            new TermSpace(tokenizer, terms, settings, LexicalWeights.TryLoad(folder.Path, terms)));
        using var noGrad = no_grad();
        using var generator = new Generator((ulong)seed);
        foreach (var (name, parameter) in checkpoint.Model.named_parameters())
        {
            var isNorm = parameter.dim() == 1 && name.EndsWith("weight", StringComparison.Ordinal);
            using var values = randn(parameter.shape, generator: generator).mul_(0.5).add_(isNorm ? 1 : 0);
            parameter.copy_(values);
        }

        return checkpoint;
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<PerSide<T>> PerSideOf<T>(T[] values) =>
        from query in OneOf(values)
        from document in OneOf(values)
        from isSame in Gen.Bool
        select new PerSide<T>(query, isSame ? query : document);
}
