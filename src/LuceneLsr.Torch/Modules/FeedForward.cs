using LuceneLsr.Torch.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>SwiGLU: down(silu(gate(x)) * up(x)) (Shazeer, 2020).</summary>
internal sealed class FeedForward : nn.Module<Tensor, Tensor>
{
    private readonly WeightMatrix _gate;
    private readonly WeightMatrix _up;
    private readonly WeightMatrix _down;

    public FeedForward(DecoderConfig config, WeightSource weights, string name)
        : base(nameof(FeedForward))
    {
        int outer = config.HiddenSize, inner = config.IntermediateSize;
        _gate = Projection("gate_proj", inner, outer);
        _up = Projection("up_proj", inner, outer);
        _down = Projection("down_proj", outer, inner);

        WeightMatrix Projection(string child, int rows, int columns)
        {
            var matrix = weights.Matrix($"{name}.{child}", rows, columns, config.FeedForwardBias);
            register_module(child, matrix);
            return matrix;
        }
    }

    public override Tensor forward(Tensor input) // [batch, length, hidden] -> the same
    {
        using var scope = NewDisposeScope();
        Tensor gate = _gate.forward(input), up = _up.forward(input);
        var gated = is_grad_enabled() ? nn.functional.silu(gate) * up : gate.silu_().mul_(up); // a gradient needs the gate
        return _down.forward(gated).MoveToOuterDisposeScope();
    }
}
