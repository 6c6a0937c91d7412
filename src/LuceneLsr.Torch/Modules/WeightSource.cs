using TorchSharp.Modules;

namespace LuceneLsr.Torch.Modules;

/// <summary>Provides the weights of a model under construction.</summary>
internal abstract class WeightSource
{
    /// <summary>Creates a matrix [rows, columns] and, optionally, its bias [rows].</summary>
    /// <param name="name">The module's name, such as "model.layers.0.mlp.up_proj".</param>
    /// <param name="rows">The number of outputs.</param>
    /// <param name="columns">The number of inputs.</param>
    /// <param name="hasBias">Whether the matrix has a bias.</param>
    public abstract WeightMatrix CreateMatrix(string name, long rows, long columns, bool hasBias = false);

    /// <summary>Creates the bias [rows] of the matrix of this name.</summary>
    public abstract Parameter CreateBias(string name, long rows);

    /// <summary>Creates the weight [size] of the norm of this name.</summary>
    public abstract Parameter CreateNormWeight(string name, long size);
}
