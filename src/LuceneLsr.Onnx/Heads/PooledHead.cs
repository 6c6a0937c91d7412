using LuceneLsr.Onnx.Sessions;
using LuceneLsr.Tokenization.Encoders;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LuceneLsr.Onnx.Heads;

/// <summary>
/// The head of a model that returns term weights: an export of this library, whose graph pools logits.
/// </summary>
internal sealed class PooledHead : TermHead
{
    private readonly OnnxModel _model;

    public PooledHead(OnnxModel model)
    {
        model.RequireInputs(
            [TokenInputs.Ids, TokenInputs.Mask],
            optional: [TokenInputs.Types, PooledPositions, IsDocument]);
        _model = model;
        Rows = model.RequireOutput(Weights);
    }

    /// <summary>Gets the output: the weights of each text.</summary>
    public static TensorShape Weights { get; } = new("term_weights", TensorElementType.Float, "batch", "terms");

    /// <summary>
    /// Gets the input with the positions to pool. -1 fills the rows of texts with fewer of them. A model without this
    /// input pools all tokens.
    /// </summary>
    public static TensorShape PooledPositions { get; } =
        new("pooled_positions", TensorElementType.Int64, "batch", "pooled");

    /// <summary>
    /// Gets the input with the side of the texts. A model without it treats queries and documents alike.
    /// </summary>
    public static TensorShape IsDocument { get; } = new("is_document", TensorElementType.Bool);

    /// <inheritdoc/>
    public override int? Rows { get; }

    /// <inheritdoc/>
    public override bool PoolsSelectedPositions => _model.HasInput(PooledPositions.Name);

    /// <inheritdoc/>
    public override float[] ComputeWeights(IReadOnlyList<TokenSequence> batch, TextSide side)
    {
        using var inputs = new TokenInputs(_model, [.. batch.Select(text => text.Ids)]);
        if (_model.HasInput(PooledPositions.Name))
        {
            var pooled = batch.Max(text => text.Pooled.Count);
            inputs.Add(PooledPositions.Name, FlattenPooled(batch, pooled), [batch.Count, pooled]);
        }

        if (_model.HasInput(IsDocument.Name))
        {
            inputs.Add(IsDocument.Name, [side == TextSide.Document], []);
        }

        using var weights = _model.Run(inputs.Values, Weights.Name);
        return weights.GetTensorDataAsSpan<float>().ToArray();
    }

    private static long[] FlattenPooled(IReadOnlyList<TokenSequence> batch, int width)
    {
        var positions = new long[batch.Count * width];
        Array.Fill(positions, -1);
        foreach (var (row, text) in batch.Index())
        {
            foreach (var (slot, position) in text.Pooled.Index())
            {
                positions[(row * width) + slot] = position;
            }
        }

        return positions;
    }
}
