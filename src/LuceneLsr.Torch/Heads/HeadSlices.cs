using LuceneLsr.Torch.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Heads;

/// <summary>Computes logits for one slice of the head's rows at a time, in a shared buffer.</summary>
internal static class HeadSlices
{
    private const long BufferBytes = 16L << 20; // keeps the logits near the cache

    /// <summary>Calls an action for each slice.</summary>
    /// <param name="model">The model. Only its head is used, without the bias.</param>
    /// <param name="states">The hidden states, [batch, pooled, hidden].</param>
    /// <param name="action">
    /// Receives the first row of a slice and its logits, [batch, pooled, rows]. It may change them, because the next
    /// slice overwrites them.
    /// </param>
    public static void ForEach(LanguageModel model, Tensor states, Action<long, Tensor> action)
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
            action(start, logits.view(states.shape[0], states.shape[1], rows));
        }
    }
}
