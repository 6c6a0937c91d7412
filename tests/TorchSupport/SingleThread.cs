using TorchSharp;

namespace LuceneLsr.TorchTestSupport;

/// <summary>
/// Assembly fixture that makes libtorch use one thread per operation. This is faster for tiny tensors, and sums are
/// always added in the same order.
/// </summary>
public sealed class SingleThread
{
    public SingleThread() => torch.set_num_threads(1);
}
