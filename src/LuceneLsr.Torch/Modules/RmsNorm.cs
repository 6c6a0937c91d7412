using LuceneLsr.Torch.Checkpoints;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// y = x / sqrt(mean(x^2) + eps) * weight over the last dimension (Zhang and Sennrich, 2019), the mean at least in F32.
/// </summary>
internal sealed class RmsNorm : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")] // so that moving the module to another device or dtype finds the field
    private readonly Parameter _weight;
    private readonly double _eps;

    public RmsNorm(WeightSource weights, string name, long size, double eps)
        : base(nameof(RmsNorm))
    {
        (_weight, _eps) = (weights.Norm(name, size), eps);
        register_parameter("weight", _weight);
    }

    public override Tensor forward(Tensor input) // [..., size] -> the same
    {
        using var scope = NewDisposeScope();
        var wide = input.dtype == ScalarType.BFloat16 ? input.to(ScalarType.Float32) : input;
        var meanSquare = wide.square().mean([-1], keepdim: true);
        return ((wide * (meanSquare + _eps).rsqrt()).to(input.dtype) * _weight).MoveToOuterDisposeScope();
    }
}
