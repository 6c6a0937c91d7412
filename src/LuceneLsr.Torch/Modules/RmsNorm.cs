using LuceneLsr.Torch.Arithmetic;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// RMSNorm over the last dimension: y = x / sqrt(mean(x^2) + eps) * weight (Zhang and Sennrich, 2019). The mean of BF16
/// inputs is computed in F32.
/// </summary>
internal sealed class RmsNorm : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")] // so that TorchSharp updates the field when it moves the module
    private readonly Parameter _weight;
    private readonly Scalar _eps;

    public RmsNorm(WeightSource weights, string name, long size, double eps)
        : base(nameof(RmsNorm))
    {
        _weight = weights.CreateNormWeight(name, size);
        _eps = eps;
        register_parameter("weight", _weight);
    }

    public override Tensor forward(Tensor input) // [..., size] -> [..., size]
    {
        using var scope = NewDisposeScope();
        var wide = input.dtype == ScalarType.BFloat16 ? input.to(ScalarType.Float32) : input;
        var meanSquare = wide.Squared().mean([-1], keepdim: true);
        return ((wide * meanSquare.add(_eps, Scalars.One).rsqrt()).to(input.dtype) * _weight).MoveToOuterDisposeScope();
    }
}
