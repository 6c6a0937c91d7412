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
        var product = empty([.. input.shape[..^1], Rows], input.dtype, input.device);
        Multiply(input.reshape(-1, input.shape[^1]), 0, product.view(-1, Rows));
        return (Bias is { } bias ? product.add_(bias) : product).MoveToOuterDisposeScope();
    }

    /// <summary>The product with some rows, without the bias; no gradient.</summary>
    /// <param name="input">[positions, columns]</param>
    /// <param name="start">The first of the rows.</param>
    /// <param name="product">Where it goes, [positions, rows]: as many of them as it has room for.</param>
    public abstract void Multiply(Tensor input, long start, Tensor product);

    /// <summary>[...] -> [..., columns]: the rows of some numbers.</summary>
    public abstract Tensor Select(Tensor rows);
}
