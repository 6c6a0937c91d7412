using System.Diagnostics.CodeAnalysis;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>Weights in F32 or BF16, which can be trained, or an update of low rank beside them.</summary>
internal sealed class FloatMatrix : WeightMatrix
{
    private LowRankUpdate? _update;

    public FloatMatrix(Parameter weight, Parameter? bias)
        : base(nameof(FloatMatrix), bias) => register_parameter(WeightName, weight);

    // Asked for each time: a module that moves to another device or dtype gets another parameter.
    public Parameter Weight => get_parameter(WeightName)!;

    /// <summary>
    /// In which numbers F32 weights are multiplied; results are F32 again. Null leaves them as they are.
    /// </summary>
    public ScalarType? Products { get; set; }

    /// <summary>What is trained beside the weights, if something is.</summary>
    [DisallowNull]
    public LowRankUpdate? Update
    {
        get => _update;
        set
        {
            _update = value;
            register_module("lora", value);
        }
    }

    public override long Rows => Weight.shape[0];

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var factor = ForProduct(input);
        var product = nn.functional.linear(factor, ForProduct(Weight), Bias is { } bias ? ForProduct(bias) : null);
        if (Update is { } update)
        {
            product += update.forward(factor);
        }

        return product.to(input.dtype).MoveToOuterDisposeScope();
    }

    public override void Multiply(Tensor input, long start, Tensor product)
    {
        using var scope = NewDisposeScope();
        var transposed = Weight.narrow(0, start, product.shape[1]).t();
        if (Products is null)
        {
            product.addmm_(input, transposed, beta: 0, alpha: 1);
        }
        else
        {
            product.copy_(ForProduct(input).matmul(ForProduct(transposed)));
        }
    }

    public override Tensor Select(Tensor rows)
    {
        using var flat = rows.flatten();
        return Weight.index_select(0, flat).view([.. rows.shape, -1]);
    }

    private Tensor ForProduct(Tensor factor) => Products is { } type ? factor.to(type) : factor;
}
