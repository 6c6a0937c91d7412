using TorchSharp.Modules;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// Keeps the matrices that another source creates by their names. TorchSharp's own names of modules are not unique: it
/// registers the modules in fields a second time.
/// </summary>
/// <param name="source">The other source.</param>
internal sealed class RecordedMatrices(WeightSource source) : WeightSource
{
    private readonly Dictionary<string, WeightMatrix> _matrices = new(StringComparer.Ordinal);

    /// <summary>Gets the matrices in the order of their creation.</summary>
    public IReadOnlyDictionary<string, WeightMatrix> Matrices => _matrices;

    public override WeightMatrix CreateMatrix(string name, long rows, long columns, bool hasBias = false) =>
        _matrices[name] = source.CreateMatrix(name, rows, columns, hasBias);

    public override Parameter CreateBias(string name, long rows) => source.CreateBias(name, rows);

    public override Parameter CreateNormWeight(string name, long size) => source.CreateNormWeight(name, size);
}
