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

    /// <summary>Adds the matrices of modules as one, below each other.</summary>
    public GraphMatrix AddMatrix(MatrixFormat format, params string[] modules) => format.Add(
        graph, [.. modules.Select(module => module + WeightSuffix).Select(name => (name, _weights[name]))]);

    /// <summary>Adds modules that read the same input as one: [n, columns] -> [n, rows of all].</summary>
    public GraphLinear AddLinear(MatrixFormat format, params string[] modules) => new(
        AddMatrix(format, modules),
        graph.Join([.. modules.Select(module => module + BiasSuffix).Where(_weights.ContainsKey).Select(AddVector)]));

    /// <summary>Adds a vector: the weight of a norm, or a bias.</summary>
    public string AddVector(string name) => MatrixFormat.AddTensor(graph, name, DataType.Float, _weights[name]);
}
