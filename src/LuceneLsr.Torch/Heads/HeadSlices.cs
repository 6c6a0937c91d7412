using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Heads;

/// <summary>The head's logits for some states, a slice of its rows at a time in one buffer.</summary>
internal static class HeadSlices
{
    private const long BufferBytes = 16L << 20; // logits stay near the cache

    /// <summary>Runs over the slices.</summary>
    /// <param name="model">The model, of which only the head is used, without its bias.</param>
    /// <param name="states">[batch, pooled, hidden]</param>
    /// <param name="use">
    /// Given the first row of a slice and its logits, [batch, pooled, rows], which it may change: the next slice takes
    /// their place.
    /// </param>
    public static void Run(CausalLanguageModel model, Tensor states, Action<long, Tensor> use)
    {
        using var scope = NewDisposeScope();
        var head = model.Head;
        var flat = states.flatten(0, 1); // [batch * pooled, hidden]
        var size = Math.Min(head.Rows, Math.Max(256, BufferBytes / (flat.shape[0] * states.dtype.ElementSize())));
        var buffer = empty(flat.shape[0] * size, states.dtype, states.device);
        for (var start = 0L; start < head.Rows; start += size)
        {
            using var slice = NewDisposeScope();
            var rows = Math.Min(size, head.Rows - start);
            var logits = buffer.narrow(0, 0, flat.shape[0] * rows).view(-1, rows);
            head.Multiply(flat, start, logits);
            use(start, logits.view(states.shape[0], states.shape[1], rows));
        }
    }
}
