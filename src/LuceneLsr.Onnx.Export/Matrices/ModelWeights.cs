using LuceneLsr.Onnx.Export.Graphs;
using LuceneLsr.Torch.Models;
using static Onnx.TensorProto.Types;
using static TorchSharp.torch;

namespace LuceneLsr.Onnx.Export.Matrices;

/// <summary>Moves the weights of a model to a graph.</summary>
/// <param name="graph">The graph.</param>
/// <param name="model">The model, in F32 on the CPU.</param>
internal sealed class ModelWeights(Graph graph, LanguageModel model)
{
    private const string WeightSuffix = ".weight", BiasSuffix = ".bias";

    private readonly Dictionary<string, Tensor> _weights =
        model.GetMergedWeights().ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>Adds the matrix of a module.</summary>
    public GraphMatrix AddMatrix(string module, MatrixFormat format) =>
        format.Add(graph, module + WeightSuffix, _weights[module + WeightSuffix]);

    /// <summary>Adds several modules that read the same input as one: [n, columns] -> [n, rows of all].</summary>
    public GraphLinear AddLinear(MatrixFormat format, params string[] modules)
    {
        using var scope = NewDisposeScope();
        var name = string.Join('+', modules);
        var weight = cat([.. modules.Select(module => _weights[module + WeightSuffix])]);
        Tensor[] biases =
            [.. modules.Select(module => _weights.GetValueOrDefault(module + BiasSuffix)).OfType<Tensor>()];
        return new GraphLinear(
            format.Add(graph, name + WeightSuffix, weight),
            biases.Length == 0 ? "" : AddVector(name + BiasSuffix, cat(biases)));
    }

    /// <summary>Adds a vector: the weight of a norm, or a bias.</summary>
    public string AddVector(string name) => AddVector(name, _weights[name]);

    private string AddVector(string name, Tensor values)
    {
        using var contiguous = values.contiguous();
        return graph.Weight(name, DataType.Float, contiguous.bytes.ToArray(), values.shape);
    }
}
