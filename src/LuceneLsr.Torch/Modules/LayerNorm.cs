using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// LayerNorm over the last dimension: y = (x - mean) / sqrt(variance + eps) * weight + bias (Ba et al., 2016).
/// </summary>
internal sealed class LayerNorm : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")] // so that TorchSharp updates the fields when it moves the module
    private readonly Parameter _weight;
    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;
    private readonly long[] _shape;
    private readonly double _eps;

    public LayerNorm(WeightSource weights, string name, long size, double eps)
        : base(nameof(LayerNorm))
    {
        (_weight, _bias) = (weights.CreateNormWeight(name, size), weights.CreateBias(name, size));
        (_shape, _eps) = ([size], eps);
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
    }

    public override Tensor forward(Tensor input) => // [..., size] -> [..., size]
        nn.functional.layer_norm(input, _shape, _weight, _bias, _eps);
}
