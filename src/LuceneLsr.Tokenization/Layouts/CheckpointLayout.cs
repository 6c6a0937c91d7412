using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Layouts;

/// <summary>
/// Where the parts of a checkpoint directory are, and how its model encodes texts. A directory with <c>lsr.json</c> is
/// one of this library. Without it, the settings follow from what the authors of a public sparse model published: a
/// sentence-transformers SparseEncoder (<c>modules.json</c>), or a masked language model alone (SPLADE, OpenSearch).
/// </summary>
internal sealed class CheckpointLayout
{
    private readonly Lazy<TextTokenizer> _tokenizer;

    /// <summary>Creates the layout of a public model.</summary>
    /// <param name="modelDirectory">The directory of the model and its tokenizer.</param>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="settings">The settings.</param>
    public CheckpointLayout(string modelDirectory, TextTokenizer tokenizer, LsrSettings settings)
        : this(modelDirectory, new Lazy<TextTokenizer>(tokenizer), settings)
    {
    }

    private CheckpointLayout(string modelDirectory, Lazy<TextTokenizer> tokenizer, LsrSettings settings) =>
        (ModelDirectory, _tokenizer, Settings) = (modelDirectory, tokenizer, settings);

    /// <summary>Gets the directory of <c>config.json</c>, the tokenizer and the weights.</summary>
    public string ModelDirectory { get; }

    /// <summary>Gets the settings.</summary>
    public LsrSettings Settings { get; }

    /// <summary>Gets the tokenizer.</summary>
    /// <exception cref="CheckpointException">
    /// Its file is missing, malformed, or has an unsupported feature.
    /// </exception>
    public TextTokenizer Tokenizer => _tokenizer.Value;

    /// <summary>Gets the public model's table of query weights, or null if it has none.</summary>
    public QueryTable? QueryTable { get; init; }

    /// <summary>Reads the layout of a directory.</summary>
    /// <exception cref="CheckpointException">
    /// A file is missing or malformed, or has an unsupported feature.
    /// </exception>
    public static CheckpointLayout Read(string directory) =>
        new[] { LsrSettings.FileName, TermVocabulary.FileName }.Any(
            name => File.Exists(Path.Combine(directory, name))) ? ReadOwn(directory)
        : SparseEncoderLayout.IsIn(directory) ? SparseEncoderLayout.Read(directory)
        : MaskedLmLayout.IsIn(directory) ? MaskedLmLayout.Read(directory)
        : ReadOwn(directory); // throws: lsr.json is missing

    private static CheckpointLayout ReadOwn(string directory) => new(
        directory, new Lazy<TextTokenizer>(() => TextTokenizer.Load(directory)), LsrSettings.Load(directory));
}
