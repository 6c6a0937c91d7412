using LayerNorm = LuceneLsr.Torch.Modules.LayerNorm;
using LuceneLsr.Torch.Arithmetic;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Models;

/// <summary>
/// A post-norm transformer layer (Vaswani et al., 2017): attention, then feed-forward with GELU, each added to its
/// input and normalized.
/// </summary>
internal sealed class EncoderLayer : nn.Module<Tensor, AttentionContext, Tensor>
{
    private readonly SelfAttention _attention;
    private readonly LayerNorm _attentionNorm;
    private readonly WeightMatrix _up;
    private readonly WeightMatrix _down;
    private readonly LayerNorm _outputNorm;

    public EncoderLayer(EncoderConfig config, WeightSource weights, string name)
        : base(nameof(EncoderLayer))
    {
        var names = config.Family.Names;
        _attention = new SelfAttention(CreateOptions(config), weights, $"{name}.{EncoderNames.AttentionModule}");
        register_module(EncoderNames.AttentionModule, _attention);
        _attentionNorm = CreateNorm(names.AttentionNorm);
        _up = CreateProjection(names.Up, config.IntermediateSize, config.HiddenSize);
        _down = CreateProjection(names.Down, config.HiddenSize, config.IntermediateSize);
        _outputNorm = CreateNorm(names.OutputNorm);

        LayerNorm CreateNorm(string child)
        {
            var norm = new LayerNorm(weights, $"{name}.{child}", config.HiddenSize, config.LayerNormEps);
            this.RegisterAt(child, norm);
            return norm;
        }

        WeightMatrix CreateProjection(string child, int rows, int columns)
        {
            var matrix = weights.CreateMatrix($"{name}.{child}", rows, columns, hasBias: true);
            this.RegisterAt(child, matrix);
            return matrix;
        }
    }

    public override Tensor forward(Tensor input, AttentionContext context) // [batch, length, hidden] -> same shape
    {
        using var scope = NewDisposeScope();
        var attended = _attentionNorm.forward(_attention.forward(input, context).add_(input, Scalars.One));
        var expanded = nn.functional.gelu(_up.forward(attended));
        return _outputNorm.forward(_down.forward(expanded).add_(attended, Scalars.One)).MoveToOuterDisposeScope();
    }

    private static AttentionOptions CreateOptions(EncoderConfig config) => new()
    {
        Names = config.Family.Names.Attention,
        HiddenSize = config.HiddenSize,
        Heads = config.NumAttentionHeads,
        KeyValueHeads = config.NumAttentionHeads,
        HeadDim = config.HiddenSize / config.NumAttentionHeads,
        QueryKeyValueBias = true,
        OutputBias = true,
        QueryKeyNormEps = null,
        UsesSlidingWindow = false,
    };
}
