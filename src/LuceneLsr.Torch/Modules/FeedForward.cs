using LuceneLsr.Torch.Checkpoints;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>SwiGLU: down(silu(gate(x)) * up(x)) (Shazeer, 2020).</summary>
internal sealed class FeedForward : nn.Module<Tensor, Tensor>
{
    private readonly Linear _gate;
    private readonly Linear _up;
    private readonly Linear _down;

    public FeedForward(LlamaConfig config)
        : base(nameof(FeedForward))
    {
        _gate = nn.Linear(config.HiddenSize, config.IntermediateSize, hasBias: false);
        _up = nn.Linear(config.HiddenSize, config.IntermediateSize, hasBias: false);
        _down = nn.Linear(config.IntermediateSize, config.HiddenSize, hasBias: false);
        register_module("gate_proj", _gate);
        register_module("up_proj", _up);
        register_module("down_proj", _down);
    }

    public override Tensor forward(Tensor input) // [batch, length, hidden] -> the same
    {
        using var scope = NewDisposeScope();
        var gated = nn.functional.silu(_gate.forward(input)) * _up.forward(input);
        return _down.forward(gated).MoveToOuterDisposeScope();
    }
}
