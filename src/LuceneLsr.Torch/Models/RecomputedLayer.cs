using LuceneLsr.Torch.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace LuceneLsr.Torch.Models;

/// <summary>
/// Activation checkpointing (Chen et al., arXiv 1604.06174): keeps only a layer's input for the gradient and recomputes
/// its activations in the backward pass.
/// </summary>
internal sealed class RecomputedLayer : SingleTensorFunction<RecomputedLayer>
{
    private const string Layer = "layer", Context = "context", Seed = "seed";

    // The result of the last backward call. It must outlive the call, and autograd's GPU thread has no dispose scope.
    [ThreadStatic]
    private static Tensor? _lastGradient;

    public override string Name => nameof(RecomputedLayer);

    /// <summary>Runs a layer: [batch, length, hidden] -> same shape.</summary>
    /// <param name="input">The layer's input.</param>
    /// <param name="mask">The mask as in <see cref="AttentionContext.Mask"/>.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="createContext">Creates the layer's context from an input and a mask.</param>
    public static Tensor Run(
        Tensor input, Tensor? mask, nn.Module<Tensor, AttentionContext, Tensor> layer,
        Func<Tensor, Tensor?, AttentionContext> createContext)
    {
        if (!input.requires_grad)
        {
            input.requires_grad_(); // otherwise autograd skips the layer, and its weights get no gradient
        }

        using var maskOrEmpty = mask?.alias() ?? empty(0);
        return apply(input, maskOrEmpty, layer, createContext);
    }

    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        var (input, mask) = ((Tensor)vars[0], (Tensor)vars[1]);
        using var drawn = randint(long.MaxValue, 1, ScalarType.Int64);
        var seed = drawn.item<long>(); // both passes draw the same dropout
        ctx.save_for_backward([input, mask]);
        ctx.save_data(Layer, vars[2]);
        ctx.save_data(Context, vars[3]);
        ctx.save_data(Seed, seed);
        using var noGrad = no_grad();
        return Compute(ctx, input, mask);
    }

    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
    {
        _lastGradient?.Dispose();
        using var scope = NewDisposeScope();
        using var graded = enable_grad();
        using (grad_output)
        {
            var saved = ctx.get_saved_variables();
            var input = saved[0].detach().requires_grad_();
            autograd.backward([Compute(ctx, input, saved[1])], [grad_output]);
            _lastGradient = input.grad!.DetachFromDisposeScope();
        }

        return [_lastGradient, null!, null!, null!];
    }

    private static Tensor Compute(AutogradContext ctx, Tensor input, Tensor mask)
    {
        using var scope = NewDisposeScope();
        manual_seed((long)ctx.get_data(Seed));
        var createContext = (Func<Tensor, Tensor?, AttentionContext>)ctx.get_data(Context);
        return ((nn.Module<Tensor, AttentionContext, Tensor>)ctx.get_data(Layer))
            .forward(input, createContext(input, mask.numel() == 0 ? null : mask)).MoveToOuterDisposeScope();
    }
}
