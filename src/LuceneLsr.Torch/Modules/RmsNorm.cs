using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>y = x / sqrt(mean(x^2) + eps) * weight over the last dimension (Zhang and Sennrich, 2019).</summary>
internal sealed class RmsNorm : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")] // so that moving the module to another device or dtype finds the field
    private readonly Parameter _weight;
    private readonly double _eps;

    public RmsNorm(int size, double eps)
        : base(nameof(RmsNorm))
    {
        _weight = nn.Parameter(ones(size));
        _eps = eps;
        register_parameter("weight", _weight);
    }

    public override Tensor forward(Tensor input) // [..., size] -> the same
    {
        using var scope = NewDisposeScope();
        var meanSquare = input.square().mean([-1], keepdim: true);
        return (input * (meanSquare + _eps).rsqrt() * _weight).MoveToOuterDisposeScope();
    }
}
