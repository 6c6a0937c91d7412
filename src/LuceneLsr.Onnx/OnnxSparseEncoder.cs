using LuceneLsr.Onnx.Heads;
using LuceneLsr.Onnx.Sessions;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Layouts;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;

namespace LuceneLsr.Onnx;

/// <summary>Encodes texts with a model in ONNX format, without libtorch. Thread-safe.</summary>
/// <remarks>
/// <para>
/// The directory holds <c>model.onnx</c> (or <c>onnx/model.onnx</c>), <c>lsr.json</c>, the tokenizer and, unless each
/// token is its own term, <c>terms.txt</c>. A <c>config.json</c> is read for the context length if there is one, and
/// <c>lexical_weights.txt</c> if the checkpoint has lexical weights. Without <c>lsr.json</c>, it is a public sparse
/// model as its authors publish it.
/// </para>
/// <para>
/// The model takes <c>input_ids</c> and <c>attention_mask</c>, int64 [batch, length], optionally <c>token_type_ids</c>
/// and, in exports of this library, the positions to pool and the side of the text. It returns either
/// <c>term_weights</c>, float [batch, terms], as exports of this library do, or the <c>logits</c> of a masked language
/// model, float [batch, length, vocabulary], which are pooled as <c>lsr.json</c> says. Such a model must be exported
/// with the attention that <c>variant</c> names.
/// </para>
/// </remarks>
public sealed class OnnxSparseEncoder : ModelEncoder
{
    private readonly OnnxModel _model;
    private readonly TermHead _head;

    private OnnxSparseEncoder(
        string directory, TermSpace space, TextLayout layout, OnnxModel model, TermHead head)
        : base(space, layout) => (CheckpointDirectory, _model, _head) = (directory, model, head);

    /// <summary>Returns whether a directory has a model in ONNX format.</summary>
    public static bool HasModel(string directory) => OnnxModel.TryFindPath(directory) is not null;

    /// <summary>Loads a model directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="runtime">How ONNX Runtime runs the model.</param>
    /// <param name="documentStride">
    /// The <see cref="LsrSettings.DocumentStride"/> to use instead of the directory's. Default: the directory's.
    /// </param>
    /// <exception cref="CheckpointException">
    /// A file is missing or malformed, the model has other inputs or outputs, or the files do not belong together.
    /// </exception>
    public static OnnxSparseEncoder Load(string directory, OnnxOptions? runtime = null, int? documentStride = null)
    {
        var files = CheckpointLayout.Read(directory);
        var space = TermSpace.Load(directory, files);
        if (documentStride is { } stride)
        {
            space = space.WithSettings(space.Settings with { DocumentStride = stride });
        }

        var config = InputConfig.Load(files.ModelDirectory);
        var layout = new TextLayout(space, config.BosTokenId);
        ModelFit.Check(
            directory, space, layout, config.VocabularySize ?? int.MaxValue, config.ContextLength ?? int.MaxValue);
        var model = OnnxModel.Open(
            OnnxModel.TryFindPath(directory) is null ? files.ModelDirectory : directory, runtime?.Threads ?? 0);
        try
        {
            var head = TermHead.Create(model, space);
            CheckTerms(directory, space.Terms, head);
            return new OnnxSparseEncoder(directory, space, layout, model, head);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _model.Dispose();

    internal override string CheckpointDirectory { get; }

    internal override string ModelName => _model.Path;

    internal override bool PoolsSelectedPositions => _head.PoolsSelectedPositions;

    internal override float[] ComputeWeights(IReadOnlyList<TokenSequence> batch, TextSide side) =>
        _head.ComputeWeights(batch, side);

    // Models pad their embeddings beyond the tokenizer, so a masked language model may have more rows than tokens.
    private static void CheckTerms(string directory, TermVocabulary terms, TermHead head)
    {
        if (terms.Count > head.Rows)
        {
            throw new CheckpointException(Path.Combine(directory, TermVocabulary.FileName),
                $"there are {terms.Count} rows of terms (one per token without this file), but the model returns "
                + $"{head.Rows} weights per text. Use the terms that the model was trained with.");
        }
    }
}
