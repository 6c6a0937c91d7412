using System.Diagnostics.CodeAnalysis;
using LuceneLsr.Torch.Arithmetic;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>A matrix in F32 or BF16. It can be trained, in full or through a <see cref="LoraUpdate"/>.</summary>
internal sealed class FloatMatrix : WeightMatrix
{
    private LoraUpdate? _lora;

    public FloatMatrix(Parameter weight, Parameter? bias)
        : base(nameof(FloatMatrix), bias) => register_parameter(WeightName, weight);

    /// <summary>Gets the weights [rows, columns].</summary>
    public Parameter Weight => get_parameter(WeightName)!; // moving the module to a device or dtype replaces it

    /// <summary>
    /// Gets or sets the type in which F32 weights are multiplied. Results are F32 again. Null multiplies in the
    /// weights' own type.
    /// </summary>
    public ScalarType? ComputeType { get; set; }

    /// <summary>Gets or sets the low-rank update that is trained in place of the weights, or null.</summary>
    [DisallowNull]
    public LoraUpdate? Lora
    {
        get => _lora;
        set
        {
            _lora = value;
            register_module("lora", value);
        }
    }

    public override long Rows => Weight.shape[0];

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var factor = ToComputeType(input);
        var product = nn.functional.linear(
            factor, ToComputeType(Weight), Bias is { } bias ? ToComputeType(bias) : null);
        if (Lora is { } lora)
        {
            product = product.add(lora.forward(factor), Scalars.One);
        }

        return product.to(input.dtype).MoveToOuterDisposeScope();
    }

    public override void Multiply(Tensor input, long start, Tensor product)
    {
        using var scope = NewDisposeScope();
        var transposed = Weight.narrow(0, start, product.shape[1]).t();
        if (ComputeType is null)
        {
            product.addmm_(input, transposed, beta: 0, alpha: 1);
        }
        else
        {
            product.copy_(ToComputeType(input).matmul(ToComputeType(transposed)));
        }
    }

    public override Tensor SelectRows(Tensor rows)
    {
        using var flat = rows.flatten();
        return Weight.index_select(0, flat).view([.. rows.shape, -1]);
    }

    private Tensor ToComputeType(Tensor factor) => ComputeType is { } type ? factor.to(type) : factor;
}
