using LuceneLsr.Onnx.Sessions;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LuceneLsr.Onnx.Heads;

/// <summary>
/// The head of a masked language model as others export it: the model returns the logits of all positions, which are
/// pooled here (SPLADE, Formal et al., arXiv 2107.05720).
/// </summary>
internal sealed class LogitHead : TermHead
{
    private const long MaxLogits = 16L << 20; // 64 MB at once
    private const int TypicalVocabulary = 30_000; // for models that do not state theirs

    private readonly OnnxModel _model;
    private readonly LsrSettings _settings;

    public LogitHead(OnnxModel model, LsrSettings settings)
    {
        model.RequireInputs([TokenInputs.Ids, TokenInputs.Mask], optional: [TokenInputs.Types]);
        if (settings.Pooling.Query == TermPooling.Mean || settings.Pooling.Document == TermPooling.Mean)
        {
            throw new CheckpointException(model.Path,
                $"the model returns logits, but 'pooling' in {LsrSettings.FileName} is mean, which needs the states "
                + "before them. Export the checkpoint with lsr-train export --format onnx.");
        }

        (_model, _settings) = (model, settings);
        Rows = model.RequireOutput(Logits);
    }

    /// <summary>Gets the output: the logits of each position.</summary>
    public static TensorShape Logits { get; } =
        new("logits", TensorElementType.Float, "batch", "length", "vocabulary");

    /// <inheritdoc/>
    public override int? Rows { get; }

    /// <inheritdoc/>
    public override bool PoolsSelectedPositions => true;

    /// <inheritdoc/>
    public override float[] ComputeWeights(IReadOnlyList<TokenSequence> batch, TextSide side)
    {
        var rule = PoolingRule.For(_settings, side);
        var logitsPerText = batch.Max(text => text.Ids.Count) * (long)(Rows ?? TypicalVocabulary);
        var size = (int)Math.Clamp(MaxLogits / logitsPerText, 1, batch.Count);
        return [.. batch.Chunk(size).SelectMany(part => ComputeWeights(part, rule))];
    }

    private float[] ComputeWeights(TokenSequence[] texts, PoolingRule rule)
    {
        using var inputs = new TokenInputs(_model, [.. texts.Select(text => text.Ids)]);
        using var output = _model.Run(inputs.Values, Logits.Name);
        var logits = output.GetTensorDataAsSpan<float>(); // [batch, length, vocabulary]
        var size = logits.Length / texts.Length;
        var vocabulary = size / inputs.Length;
        var weights = new float[texts.Length * vocabulary];
        for (var row = 0; row < texts.Length; row++)
        {
            LogitPooling.Pool(
                logits.Slice(row * size, size), texts[row].Pooled, rule, weights.AsSpan(row * vocabulary, vocabulary));
        }

        return weights;
    }
}
