using LuceneLsr.Onnx.Export.Graphs;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Modules;
using static Onnx.TensorProto.Types;

namespace LuceneLsr.Onnx.Export.Backbones;

/// <summary>Rotary position embedding, as in <see cref="RotaryEmbedding"/>.</summary>
internal sealed class Rotation
{
    private readonly Graph _graph;
    private readonly string _cosines; // [length, 1, headDim / 2]
    private readonly string _sines;
    private readonly int _half;

    public Rotation(Graph graph, BatchInputs inputs, DecoderConfig config)
    {
        _graph = graph;
        _half = config.HeadDim / 2;
        var frequencies = graph.Constant([.. config.ComputeRotaryFrequencies()]);
        var positions = graph.Op(
            "Unsqueeze", graph.Cast(inputs.Positions, DataType.Double), graph.Constant(1L, 2L));
        var angles = graph.Op("Mul", positions, frequencies); // in F64, like the angles of TorchSharp
        _cosines = graph.Cast(graph.Op("Cos", angles), DataType.Float);
        _sines = graph.Cast(graph.Op("Sin", angles), DataType.Float);
    }

    /// <summary>Rotates queries or keys, [batch, length, heads, headDim].</summary>
    public string Apply(string input)
    {
        var halves = _graph.Split(input, 3, _half, _half);
        return _graph.Concat(
            3,
            _graph.Op("Sub", Scale(halves[0], _cosines), Scale(halves[1], _sines)),
            _graph.Op("Add", Scale(halves[1], _cosines), Scale(halves[0], _sines)));
    }

    private string Scale(string half, string factors) => _graph.Op("Mul", half, factors);
}
