using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>Weights in F32 or BF16, which can be trained.</summary>
internal sealed class FloatMatrix : WeightMatrix
{
    public FloatMatrix(Parameter weight, Parameter? bias)
        : base(nameof(FloatMatrix), bias) => register_parameter(WeightName, weight);

    // Asked for each time: a module that moves to another device or dtype gets another parameter.
    public Parameter Weight => get_parameter(WeightName)!;

    public override long Rows => Weight.shape[0];

    public override Tensor forward(Tensor input) => nn.functional.linear(input, Weight, Bias);

    public override void Multiply(Tensor input, long start, Tensor product)
    {
        using var some = Weight.narrow(0, start, product.shape[1]);
        using var transposed = some.t();
        product.addmm_(input, transposed, beta: 0, alpha: 1);
    }

    public override Tensor Select(Tensor rows)
    {
        using var flat = rows.flatten();
        return Weight.index_select(0, flat).view([.. rows.shape, -1]);
    }
}
