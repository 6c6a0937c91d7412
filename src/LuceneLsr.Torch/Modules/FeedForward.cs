using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>A SwiGLU feed-forward layer: down(silu(gate(x)) * up(x)) (Shazeer, 2020).</summary>
internal sealed class FeedForward : nn.Module<Tensor, Tensor>
{
    private readonly WeightMatrix _gate;
    private readonly WeightMatrix _up;
    private readonly WeightMatrix _down;

    public FeedForward(int hiddenSize, int intermediateSize, bool hasBias, WeightSource weights, string name)
        : base(nameof(FeedForward))
    {
        _gate = CreateProjection("gate_proj", intermediateSize, hiddenSize);
        _up = CreateProjection("up_proj", intermediateSize, hiddenSize);
        _down = CreateProjection("down_proj", hiddenSize, intermediateSize);

        WeightMatrix CreateProjection(string child, int rows, int columns)
        {
            var matrix = weights.CreateMatrix($"{name}.{child}", rows, columns, hasBias);
            register_module(child, matrix);
            return matrix;
        }
    }

    public override Tensor forward(Tensor input) // [batch, length, hidden] -> same shape
    {
        using var scope = NewDisposeScope();
        Tensor gate = _gate.forward(input), up = _up.forward(input);
        var gated = is_grad_enabled() // in place only without a gradient, because autograd needs the gate
            ? nn.functional.silu(gate) * up
            : gate.silu_().mul_(up);
        return _down.forward(gated).MoveToOuterDisposeScope();
    }
}
