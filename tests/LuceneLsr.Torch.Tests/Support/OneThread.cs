using System.Runtime.CompilerServices;
using TorchSharp;

namespace LuceneLsr.Torch.Tests.Support;

/// <summary>Tensors this small cost more to share out among cores than to compute: one thread an operation.</summary>
internal static class OneThread
{
    [ModuleInitializer]
    internal static void Set() => torch.set_num_threads(1);
}
