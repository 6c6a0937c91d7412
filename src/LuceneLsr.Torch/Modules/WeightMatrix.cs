using LuceneLsr.Torch.Arithmetic;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// A weight matrix [rows, columns] in some precision, with an optional bias: a projection, the embeddings or the head.
/// Its tensors are named "weight" and "bias"; a precision may add others.
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

    /// <summary>Gets the number of rows.</summary>
    public abstract long Rows { get; }

    /// <summary>Gets the bias [rows], or null.</summary>
    public Tensor? Bias => get_parameter(BiasName);

    /// <summary>Computes x W^T + bias: [..., columns] -> [..., rows].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var product = empty([.. input.shape[..^1], Rows], input.dtype, input.device);
        Multiply(input.reshape(-1, input.shape[^1]), 0, product.view(-1, Rows));
        return (Bias is { } bias ? product.add_(bias, Scalars.One) : product).MoveToOuterDisposeScope();
    }

    /// <summary>Multiplies by a range of rows, without the bias and without a gradient.</summary>
    /// <param name="input">The inputs, [positions, columns].</param>
    /// <param name="start">The first row.</param>
    /// <param name="product">Receives the products, [positions, count]. Its width is the number of rows to use.</param>
    public abstract void Multiply(Tensor input, long start, Tensor product);

    /// <summary>Looks up rows by index: [...] -> [..., columns].</summary>
    public abstract Tensor SelectRows(Tensor rows);
}
