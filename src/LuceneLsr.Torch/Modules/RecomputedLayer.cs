using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// A layer of which only the input is kept for the gradient; its inner activations are computed once more when they are
/// needed (Chen et al., arXiv 1604.06174).
/// </summary>
internal sealed class RecomputedLayer : SingleTensorFunction<RecomputedLayer>
{
    private const string Layer = "layer", Context = "context", Seed = "seed";

    // What the last call returned. It must outlive the call, and a GPU's thread has no scope that would free it.
    [ThreadStatic]
    private static Tensor? _returned;

    public override string Name => nameof(RecomputedLayer);

    /// <summary>The layer's output for an input, [batch, length, hidden] both.</summary>
    /// <param name="input">The input.</param>
    /// <param name="mask">As in <see cref="AttentionContext.Mask"/>.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="context">Makes what else the layer needs of an input and a mask.</param>
    public static Tensor Run(
        Tensor input, Tensor? mask, DecoderLayer layer, Func<Tensor, Tensor?, AttentionContext> context)
    {
        if (!input.requires_grad)
        {
            input.requires_grad_(); // or no gradient is asked for, though weights of the layer may want theirs
        }

        using var whole = mask?.alias() ?? empty(0);
        return apply(input, whole, layer, context);
    }

    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        var (input, mask) = ((Tensor)vars[0], (Tensor)vars[1]);
        using var drawn = randint(long.MaxValue, 1, ScalarType.Int64);
        var seed = drawn.item<long>(); // so that dropout is the same both times
        ctx.save_for_backward([input, mask]);
        ctx.save_data(Layer, vars[2]);
        ctx.save_data(Context, vars[3]);
        ctx.save_data(Seed, seed);
        using var ungraded = no_grad();
        return Compute(ctx, input, mask);
    }

    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
    {
        _returned?.Dispose();
        using var scope = NewDisposeScope();
        using var graded = enable_grad();
        using (grad_output)
        {
            var saved = ctx.get_saved_variables();
            var input = saved[0].detach().requires_grad_();
            autograd.backward([Compute(ctx, input, saved[1])], [grad_output]);
            _returned = input.grad!.DetachFromDisposeScope();
        }

        return [_returned, null!, null!, null!];
    }

    private static Tensor Compute(AutogradContext ctx, Tensor input, Tensor mask)
    {
        using var scope = NewDisposeScope();
        manual_seed((long)ctx.get_data(Seed));
        var context = (Func<Tensor, Tensor?, AttentionContext>)ctx.get_data(Context);
        return ((DecoderLayer)ctx.get_data(Layer))
            .forward(input, context(input, mask.numel() == 0 ? null : mask)).MoveToOuterDisposeScope();
    }
}
