using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Modules;
using static TorchSharp.torch;
using LayerNorm = LuceneLsr.Torch.Modules.LayerNorm;

namespace LuceneLsr.Torch.Models;

/// <summary>
/// The layer between a masked LM's backbone and its head: LayerNorm(GELU(dense(x))) (Devlin et al., 2019).
/// </summary>
internal sealed class HeadTransform
{
    public HeadTransform(EncoderConfig config, WeightSource weights)
    {
        var names = config.Family.Names;
        Dense = weights.CreateMatrix(names.TransformDense, config.HiddenSize, config.HiddenSize, hasBias: true);
        Norm = new LayerNorm(weights, names.TransformNorm, config.HiddenSize, config.LayerNormEps);
    }

    /// <summary>Gets the dense layer, [hidden, hidden].</summary>
    public WeightMatrix Dense { get; }

    /// <summary>Gets the norm.</summary>
    public LayerNorm Norm { get; }

    /// <summary>Transforms hidden states: [..., hidden] -> same shape.</summary>
    public Tensor Apply(Tensor hidden) => Norm.forward(nn.functional.gelu(Dense.forward(hidden)));
}
