using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Checkpoints.Adapters;
using LuceneLsr.Torch.Heads;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>
/// A checkpoint directory in memory: <c>config.json</c>, <c>model.safetensors</c> (or several with an index),
/// <c>tokenizer.json</c> (or <c>tokenizer.model</c>), <c>lsr.json</c> and <c>terms.txt</c>, which may be missing where
/// each token is a term of its own. In place of the first two there may be a <see cref="LoraAdapter"/>, which names the
/// directory that they are in, and which is merged into them.
/// </summary>
public sealed class Checkpoint : IDisposable
{
    /// <summary>The weights' file name where there is only one.</summary>
    public const string WeightsFileName = WeightFiles.FileName;

    private readonly PerSide<IReadOnlyList<int>> _prefix;

    private Checkpoint(CausalLanguageModel model, TermSpace space)
    {
        (Model, Space) = (model, space);
        _prefix = new(Prefix(space, TextSide.Query), Prefix(space, TextSide.Document));
    }

    /// <summary>The model.</summary>
    public CausalLanguageModel Model { get; }

    /// <summary>Tokenizer, terms and settings, which need no model.</summary>
    public TermSpace Space { get; }

    /// <summary>The tokenizer.</summary>
    public TextTokenizer Tokenizer => Space.Tokenizer;

    /// <summary>The term of each row of the head.</summary>
    public TermVocabulary Terms => Space.Terms;

    /// <summary>The retrieval head's settings.</summary>
    public LsrSettings Settings => Space.Settings;

    /// <summary>A new model with the initial weights of its modules.</summary>
    public static Checkpoint Create(
        DecoderConfig config, TextTokenizer tokenizer, TermVocabulary terms, LsrSettings settings) =>
        new(new CausalLanguageModel(config), new TermSpace(tokenizer, terms, settings));

    /// <summary>Loads a directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="precision">How the model is kept in memory, however it is stored.</param>
    /// <param name="device">Where it is kept; the CPU if null.</param>
    /// <exception cref="CheckpointException">
    /// A file is missing or damaged, or the files do not belong together.
    /// </exception>
    public static Checkpoint Load(
        string directory, Precision precision = Precision.Float32, Device? device = null)
    {
        if (!Directory.Exists(directory))
        {
            throw new CheckpointException(directory, "no such checkpoint directory.");
        }

        using var adapter = LoraAdapter.Find(directory);
        var ofModel = adapter?.Config.BaseDirectory(directory) ?? directory;
        var config = DecoderConfig.Load(ofModel);
        var space = TermSpace.Load(directory);
        CheckFit(directory, config, space);
        CheckWindow(directory, config, space);
        var weights = new StoredWeights(WeightFiles.Open(ofModel), adapter, precision, device ?? CPU);
        var checkpoint = new Checkpoint(new CausalLanguageModel(config, weights), space);
        try
        {
            weights.RefuseStrangers(name => IsRedundant(name, config));
            return checkpoint;
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    /// <summary>The same model and files under other settings; the two share the model.</summary>
    /// <exception cref="CheckpointException">The settings cannot be used.</exception>
    public Checkpoint With(LsrSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        return new(Model, new TermSpace(Tokenizer, Terms, settings));
    }

    /// <summary>Lays texts of a side out for the model, as the settings say.</summary>
    /// <param name="texts">The texts' tokens; none is empty.</param>
    /// <param name="side">The side on which they stand.</param>
    /// <param name="device">Where the tensors go.</param>
    public TokenBatch Batch(IReadOnlyList<IReadOnlyList<int>> texts, TextSide side, Device device)
    {
        var (beginning, prefix) = (Beginning(Model.Config, Space), _prefix[side]);
        var pooledPreceding = Settings.PooledTokens switch
        {
            PooledTokens.Text => 0,
            PooledTokens.PrefixAndText => prefix.Count,
            _ => beginning.Count + prefix.Count,
        };
        return TokenBatch.Create(texts, [.. beginning, .. prefix], Settings.Variant[side], device, pooledPreceding);
    }

    /// <summary>Makes sure that texts of some length fit into the model's window.</summary>
    /// <param name="side">Their side, which may have a prefix, or be read twice.</param>
    /// <param name="tokens">Tokens of the longest one.</param>
    /// <param name="field">What the length is called where it was set.</param>
    /// <exception cref="InvalidDataException">They do not fit.</exception>
    public void RequireWindow(TextSide side, int tokens, string field) =>
        RequireWindow(Positions(Model.Config, Space, side, tokens), field);

    /// <summary>Makes sure that so many positions fit into the model's window.</summary>
    /// <param name="positions">How many.</param>
    /// <param name="field">What their number is called where it was set.</param>
    /// <exception cref="InvalidDataException">They do not fit.</exception>
    public void RequireWindow(long positions, string field)
    {
        if (BeyondWindow(Model.Config, positions, field) is { } reason)
        {
            throw new InvalidDataException(reason);
        }
    }

    /// <summary>How the logits of a side's texts become weights, as the settings say.</summary>
    public PoolingRule Pooling(TextSide side) => new(
        Settings.Pooling[side], Settings.LogitScale,
        side == TextSide.Document ? Settings.DocumentLengthNormalization : null);

    /// <summary>Writes the directory, creating it.</summary>
    /// <param name="directory">
    /// The directory; its <c>tokenizer.json</c> is written by whoever made the tokenizer.
    /// </param>
    /// <param name="precision">How the weights are stored; those of norms and biases as BF16, unless it is F32.</param>
    /// <exception cref="InvalidOperationException">The model is quantized.</exception>
    public void Save(string directory, Precision precision)
    {
        _ = Model.HeadWeight; // refuses
        Directory.CreateDirectory(directory);
        Model.Config.Save(directory);
        Settings.Save(directory);
        Terms.Save(directory);
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(Path.Combine(directory, WeightsFileName),
            [.. Model.NamedWeights().SelectMany(weight => Stored(weight.Name, weight.Value, precision))]);
    }

    /// <summary>
    /// <see cref="Save"/>, with copies of what else was in the directory that this checkpoint was loaded from: the
    /// tokenizer, and the table of query weights if there is one.
    /// </summary>
    public void SaveWithFilesOf(string source, string directory, Precision precision)
    {
        Save(directory, precision);
        var queryWeights = Path.Combine(source, QueryWeights.FileName);
        foreach (var path in new[] { TextTokenizer.GetPath(source), queryWeights }.Where(File.Exists))
        {
            File.Copy(path, Path.Combine(directory, Path.GetFileName(path)), overwrite: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();

    private static IEnumerable<(string Name, Tensor Value)> Stored(string name, Tensor value, Precision precision)
    {
        using var ungraded = no_grad();
        var ofMatrix = value.dim() == 2 ? MatrixPrecision.Of(precision, name, value.shape[1]) : Precision.BFloat16;
        if (precision == Precision.Float32 || ofMatrix is Precision.BFloat16)
        {
            return [(name, value.to(precision == Precision.Float32 ? ScalarType.Float32 : ScalarType.BFloat16))];
        }

        var (values, scales) = ofMatrix == Precision.Int8
            ? RowQuantization.Quantize(value)
            : GroupQuantization.Quantize(value);
        return [(name, values), (name + RowQuantization.ScaleSuffix, scales)];
    }

    private static void CheckFit(string directory, DecoderConfig config, TermSpace space)
    {
        var (tokenizer, terms) = (space.Tokenizer, space.Terms);
        if (tokenizer.VocabularySize > config.VocabSize)
        {
            throw new CheckpointException(TextTokenizer.GetPath(directory),
                $"has ids up to {tokenizer.VocabularySize - 1}, but the model has only {config.VocabSize} "
                + "(config.json, vocab_size). Use the tokenizer that the model was trained with.");
        }

        // Models pad their embeddings beyond the tokenizer, so a head may have more rows than there are tokens.
        if (terms.Count > config.OutputSize
            || (terms.Count < config.OutputSize && config.OutputSize != config.VocabSize))
        {
            throw new CheckpointException(Path.Combine(directory, TermVocabulary.FileName),
                $"names {terms.Count} rows, but the model's head has {config.OutputSize}.");
        }

        if (space.Settings.AddBos
            && !(Beginning(config, space).DefaultIfEmpty(int.MaxValue).Max() < config.VocabSize))
        {
            throw new CheckpointException(Path.Combine(directory, LsrSettings.FileName),
                "add_bos is true, but config.json has no bos_token_id below its vocab_size.");
        }
    }

    // What the tokenizer's file puts before a text, or the model's first token.
    private static IReadOnlyList<int> Beginning(DecoderConfig config, TermSpace space) =>
        !space.Settings.AddBos ? []
        : space.Tokenizer.Template.Before is [_, ..] and var before ? before
        : config.BosTokenId is { } bos ? [bos]
        : [];

    private static IReadOnlyList<int> Prefix(TermSpace space, TextSide side) =>
        space.Tokenize(space.Settings.Prefix[side], int.MaxValue, out _);

    private static void CheckWindow(string directory, DecoderConfig config, TermSpace space)
    {
        foreach (var side in Enum.GetValues<TextSide>())
        {
            var needed = Positions(config, space, side, space.Settings.MaxTokens[side]);
            if (BeyondWindow(config, needed, $"max_tokens for a {side}") is { } reason)
            {
                throw new CheckpointException(Path.Combine(directory, LsrSettings.FileName), reason);
            }
        }
    }

    // What so many tokens of a side's text take, which may have a prefix, or be read twice.
    private static long Positions(DecoderConfig config, TermSpace space, TextSide side, int tokens)
    {
        var copies = space.Settings.Variant[side] == AttentionVariant.Echo ? 2 : 1;
        return Beginning(config, space).Count + Prefix(space, side).Count + (copies * (long)tokens);
    }

    // Why so many positions are too many, or null.
    private static string? BeyondWindow(DecoderConfig config, long positions, string field) =>
        positions <= config.MaxPositionEmbeddings
            ? null
            : $"{field} needs {positions} positions, but the model's window is {config.MaxPositionEmbeddings} "
                + "(config.json, max_position_embeddings). Lower it.";

    private static bool IsRedundant(string name, DecoderConfig config) =>
        name.EndsWith("rotary_emb.inv_freq", StringComparison.Ordinal)
        || (name == "lm_head.weight" && config.TieWordEmbeddings);
}
