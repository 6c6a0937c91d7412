using LuceneLsr.Torch.Modules;
using TorchSharp.Modules;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>Where a new model's weights come from.</summary>
internal abstract class WeightSource
{
    /// <summary>A matrix [rows, columns] and, if there is one, its bias [rows].</summary>
    /// <param name="name">The module's name, as in "model.layers.0.mlp.up_proj".</param>
    /// <param name="rows">Its outputs.</param>
    /// <param name="columns">Its inputs.</param>
    /// <param name="hasBias">Whether it has a bias.</param>
    public abstract WeightMatrix Matrix(string name, long rows, long columns, bool hasBias = false);

    /// <summary>The bias [rows] of a matrix.</summary>
    /// <param name="name">The matrix's name.</param>
    /// <param name="rows">How many there are.</param>
    public abstract Parameter Bias(string name, long rows);

    /// <summary>The weights [size] of a norm.</summary>
    /// <param name="name">The module's name.</param>
    /// <param name="size">How many there are.</param>
    public abstract Parameter Norm(string name, long size);
}
