using LuceneLsr.Onnx.Sessions;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LuceneLsr.Onnx.Heads;

/// <summary>
/// The head of a model that returns term weights: an export of this library, whose graph pools logits.
/// </summary>
internal sealed class PooledHead : TermHead
{
    private readonly OnnxModel _model;
    private readonly TermSpace _space;

    public PooledHead(OnnxModel model, TermSpace space)
    {
        model.RequireInputs(
            [TokenInputs.Ids, TokenInputs.Mask],
            optional: [TokenInputs.Types, PooledPositions, IsDocument, OwnTerms, OwnFactors]);
        if (space.Settings.DocumentTermFrequency is not null && model.HasInput(OwnTerms.Name)
            && !model.HasInput(OwnFactors.Name))
        {
            throw new CheckpointException(model.Path,
                $"the model has no input '{OwnFactors.Name}', but {LsrSettings.FileName} has "
                + "'document_term_frequency'. Remove that field, or export the checkpoint again.");
        }

        (_model, _space) = (model, space);
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

    /// <summary>
    /// Gets the input with the terms that the texts themselves contain: pairs of a text and a row. A model without a
    /// lexical bias has no such input.
    /// </summary>
    public static TensorShape OwnTerms { get; } = new("own_terms", TensorElementType.Int64, "own", "pair");

    /// <summary>
    /// Gets the input with the factor on the lexical bias of each pair of <see cref="OwnTerms"/>. A model whose
    /// settings do not count term frequencies has no such input.
    /// </summary>
    public static TensorShape OwnFactors { get; } = new("own_factors", TensorElementType.Float, "own");

    /// <inheritdoc/>
    public override int? Rows { get; }

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

        if (_model.HasInput(OwnTerms.Name))
        {
            AddOwnTerms(inputs, batch, side);
        }

        using var weights = _model.Run(inputs.Values, Weights.Name);
        return weights.GetTensorDataAsSpan<float>().ToArray();
    }

    private void AddOwnTerms(TokenInputs inputs, IReadOnlyList<TokenSequence> batch, TextSide side)
    {
        (int Text, int Row, float Factor)[] terms = [.. batch.Index().SelectMany(text =>
            _space.FindOwnTerms(text.Item.PooledIds, side).Select(term => (text.Index, term.Key, term.Value)))];
        inputs.Add(OwnTerms.Name, terms.SelectMany(term => (long[])[term.Text, term.Row]).ToArray(), [terms.Length, 2]);
        if (_model.HasInput(OwnFactors.Name))
        {
            inputs.Add(OwnFactors.Name, terms.Select(term => term.Factor).ToArray(), [terms.Length]);
        }
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
