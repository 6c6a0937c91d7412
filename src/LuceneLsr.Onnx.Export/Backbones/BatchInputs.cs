using LuceneLsr.Onnx.Export.Graphs;
using LuceneLsr.Onnx.Heads;
using LuceneLsr.Onnx.Sessions;
using static Onnx.TensorProto.Types;

namespace LuceneLsr.Onnx.Export.Backbones;

/// <summary>The inputs of a graph, and what is computed of them once.</summary>
internal sealed class BatchInputs
{
    private readonly Graph _graph;
    private readonly string _mask;
    private readonly string? _pooled;

    /// <summary>Adds the inputs to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="poolsAll">Whether all tokens are pooled, so that no positions need to be given.</param>
    /// <param name="dependsOnSide">Whether queries and documents are treated differently.</param>
    public BatchInputs(Graph graph, bool poolsAll, bool dependsOnSide)
    {
        _graph = graph;
        var ids = graph.Input(TokenInputs.Ids.Name, DataType.Int64, TokenInputs.Ids.Sizes);
        _mask = graph.Input(TokenInputs.Mask.Name, DataType.Int64, TokenInputs.Mask.Sizes);
        _pooled = poolsAll
            ? null
            : graph.Input(PooledHead.PooledPositions.Name, DataType.Int64, PooledHead.PooledPositions.Sizes);
        IsDocument = dependsOnSide
            ? graph.Input(PooledHead.IsDocument.Name, DataType.Bool, PooledHead.IsDocument.Sizes)
            : null;
        (Batch, Length) = (graph.Size(ids, 0), graph.Size(ids, 1));
        Ids = graph.Reshape(ids, -1);
        Positions = graph.Range(Length);
        (PooledIndex, PooledMask) = CreatePooled();
    }

    /// <summary>Gets the token ids, [batch x length].</summary>
    public string Ids { get; }

    /// <summary>Gets the batch size, [1].</summary>
    public string Batch { get; }

    /// <summary>Gets the length of the longest text, [1].</summary>
    public string Length { get; }

    /// <summary>Gets the positions from 0, [length].</summary>
    public string Positions { get; }

    /// <summary>Gets whether the texts are documents, or null if that makes no difference.</summary>
    public string? IsDocument { get; }

    /// <summary>
    /// Gets the pooled positions, [batch, pooled, 1]. A shorter text repeats its first one, which leaves every maximum
    /// unchanged.
    /// </summary>
    public string PooledIndex { get; }

    /// <summary>Gets 1 for pooled positions and 0 for repeated ones, F32 [batch, pooled].</summary>
    public string PooledMask { get; }

    /// <summary>Computes which positions hold tokens, [batch, 1, 1, length].</summary>
    public string CreateVisible() =>
        _graph.Op("Unsqueeze", _graph.Cast(_mask, DataType.Bool), _graph.Constant(1L, 2L));

    private (string Index, string Mask) CreatePooled()
    {
        string index, mask;
        if (_pooled is null)
        {
            index = _graph.Op("Mul", Positions, _mask); // padding becomes position 0
            mask = _mask;
        }
        else
        {
            var isPooled = _graph.Op("GreaterOrEqual", _pooled, _graph.Scalar(0L));
            var first = _graph.Op(
                "Slice", _pooled, _graph.Constant(0L), _graph.Constant(1L), _graph.Constant(1L)); // [batch, 1]
            index = _graph.Op("Where", isPooled, _pooled, first);
            mask = isPooled;
        }

        return (_graph.Op("Unsqueeze", index, _graph.Constant(2L)), _graph.Cast(mask, DataType.Float));
    }
}
