using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// A matrix of weights [rows, columns] in one of several precisions, with a bias or without: a projection, the
/// embeddings or the head. Its tensors are "weight" and "bias", and what else the precision needs.
/// </summary>
internal abstract class WeightMatrix : nn.Module<Tensor, Tensor>
{
    protected const string WeightName = "weight";

    private const string BiasName = "bias";

    protected WeightMatrix(string name, Parameter? bias)
        : base(name)
    {
        if (bias is not null)
        {
            register_parameter(BiasName, bias);
        }
    }

    /// <summary>The number of rows.</summary>
    public abstract long Rows { get; }

    /// <summary>[rows], if there is one.</summary>
    public Tensor? Bias => get_parameter(BiasName);

    /// <summary>[..., columns] -> [..., rows]: x W^T + bias.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var product = Multiply(input, 0, Rows);
        return (Bias is { } bias ? product + bias : product).MoveToOuterDisposeScope();
    }

    /// <summary>[..., columns] -> [..., count]: the product with some rows, without the bias.</summary>
    public abstract Tensor Multiply(Tensor input, long start, long count);

    /// <summary>[...] -> [..., columns]: the rows of some numbers.</summary>
    public abstract Tensor Select(Tensor rows);
}
