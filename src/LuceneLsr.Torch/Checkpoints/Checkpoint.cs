using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Weights;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>A model with its tokenizer, terms and settings, as a checkpoint directory holds them.</summary>
/// <remarks>
/// The directory has <c>config.json</c>, <c>model.safetensors</c> (or several files with an index),
/// <c>tokenizer.json</c> (or <c>tokenizer.model</c>), <c>lsr.json</c>, unless each token is its own term
/// <c>terms.txt</c>, and optionally <c>lexical_weights.txt</c>. A LoRA adapter in PEFT's format can replace the first
/// two: it names the directory of its base model and is merged into that model when it is loaded.
/// </remarks>
public sealed class Checkpoint : IDisposable
{
    /// <summary>The name of the weights file, if there is only one.</summary>
    public const string WeightsFileName = WeightFiles.FileName;

    internal Checkpoint(LanguageModel model, TermSpace space) =>
        (Model, Space, Layout) = (model, space, new TextLayout(space, model.Config.BosTokenId));

    /// <summary>Gets the model.</summary>
    internal LanguageModel Model { get; }

    /// <summary>Gets the directory, or null if the checkpoint was not loaded from one.</summary>
    internal string? Directory { get; init; }

    /// <summary>Gets the name for messages.</summary>
    internal string Name => Directory ?? "the model";

    /// <summary>Gets the token layout of texts.</summary>
    internal TextLayout Layout { get; }

    /// <summary>Gets the model's shape.</summary>
    public ModelConfig Config => Model.Config;

    /// <summary>Gets the size of the model's parameters and buffers in memory.</summary>
    public long SizeInBytes => Model.SizeInBytes;

    /// <summary>Gets the term space: tokenizer, terms and settings, which need no model.</summary>
    public TermSpace Space { get; }

    /// <summary>Gets the tokenizer.</summary>
    public TextTokenizer Tokenizer => Space.Tokenizer;

    /// <summary>Gets the term of each row of the head.</summary>
    public TermVocabulary Terms => Space.Terms;

    /// <summary>Gets the settings of the retrieval head.</summary>
    public LsrSettings Settings => Space.Settings;

    /// <summary>Creates a checkpoint with random weights.</summary>
    public static Checkpoint Create(
        ModelConfig config, TextTokenizer tokenizer, TermVocabulary terms, LsrSettings settings) =>
        Create(config, new TermSpace(tokenizer, terms, settings));

    /// <summary>Creates a checkpoint with random weights over a term space.</summary>
    internal static Checkpoint Create(ModelConfig config, TermSpace space) => new(new LanguageModel(config), space);

    /// <summary>Loads a checkpoint directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="precision">The precision in memory, whatever the files store.</param>
    /// <param name="device">The model's device. Default: the CPU.</param>
    /// <exception cref="CheckpointException">
    /// A file is missing or malformed, or the files do not belong together.
    /// </exception>
    public static Checkpoint Load(string directory, Precision precision = Precision.Float32, Device? device = null) =>
        CheckpointLoader.Load(directory, precision, device ?? CPU);

    /// <summary>Creates a checkpoint with other settings that shares this one's model.</summary>
    /// <exception cref="CheckpointException">The settings are not valid.</exception>
    public Checkpoint WithSettings(LsrSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(Model, Space.WithSettings(settings)) { Directory = Directory };
    }

    /// <summary>Creates a batch of texts as the settings prescribe for their side.</summary>
    /// <param name="texts">The tokens of each text. None is empty.</param>
    /// <param name="side">The texts' side.</param>
    /// <param name="device">The device of the tensors.</param>
    internal TokenBatch CreateBatch(IReadOnlyList<IReadOnlyList<int>> texts, TextSide side, Device device) =>
        CreateBatch([.. texts.Select(text => Layout.Arrange(text, side))], side, device);

    /// <summary>Creates a batch of arranged texts.</summary>
    /// <param name="texts">The sequence of each text.</param>
    /// <param name="side">The texts' side.</param>
    /// <param name="device">The device of the tensors.</param>
    internal TokenBatch CreateBatch(IReadOnlyList<TokenSequence> texts, TextSide side, Device device) =>
        TokenBatch.Create(texts, Settings.Variant[side], device);

    /// <summary>Gets the head row of each token: its own in a plain language model, else that of its term.</summary>
    internal IReadOnlyList<int> GetRowOfToken() => Config.OutputSize == Config.VocabSize
        ? [.. Enumerable.Range(0, Config.VocabSize)]
        : TokenRows.FromTerms(Tokenizer, Terms, Settings.TermRule);

    /// <summary>Gets the rule that turns logits into weights on a side.</summary>
    internal PoolingRule GetPoolingRule(TextSide side) => PoolingRule.For(Settings, side);

    /// <summary>Checks that texts of a length fit the model's context length.</summary>
    /// <param name="side">The texts' side, which determines prefix and variant.</param>
    /// <param name="tokens">The number of tokens of the longest text.</param>
    /// <param name="field">The name of the setting that limits them, for the message.</param>
    /// <exception cref="InvalidDataException">The texts do not fit.</exception>
    internal void RequireFitsContext(TextSide side, int tokens, string field) =>
        RequireFitsContext(Layout.CountPositions(side, tokens), field);

    /// <summary>Checks that a number of positions fits the model's context length.</summary>
    /// <param name="positions">The number of positions.</param>
    /// <param name="field">The name of the setting that determines them, for the message.</param>
    /// <exception cref="InvalidDataException">The positions do not fit.</exception>
    internal void RequireFitsContext(long positions, string field)
    {
        if (ModelFit.FindLengthProblem(Model.Config.ContextLength, positions, field) is { } problem)
        {
            throw new InvalidDataException(problem);
        }
    }

    /// <summary>Writes the checkpoint to a directory, except for its <c>tokenizer.json</c>.</summary>
    /// <param name="directory">The directory. It is created if it does not exist.</param>
    /// <param name="precision">
    /// The precision of the matrices. Norms and biases are stored in F32 or, with any other precision, in BF16.
    /// </param>
    /// <exception cref="InvalidOperationException">The model is quantized.</exception>
    public void Save(string directory, Precision precision) => CheckpointWriter.Save(this, directory, precision);

    /// <summary>
    /// Writes the checkpoint to a directory, with copies of the files that only its source directory has: the tokenizer
    /// and, if there is one, the table of query weights.
    /// </summary>
    /// <param name="source">The directory that the checkpoint was loaded from.</param>
    /// <param name="directory">The directory to write. It is created if it does not exist.</param>
    /// <param name="precision">The precision of the matrices, as in <see cref="Save"/>.</param>
    /// <exception cref="InvalidOperationException">The model is quantized.</exception>
    public void SaveWithFilesFrom(string source, string directory, Precision precision)
    {
        CheckpointWriter.Save(this, directory, precision);
        CheckpointWriter.CopyTextFiles(source, directory);
    }

    /// <summary>Frees the model, which checkpoints created by <see cref="WithSettings"/> share.</summary>
    public void Dispose() => Model.Dispose();
}
