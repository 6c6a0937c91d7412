using System.Runtime.CompilerServices;
using TorchSharp;
using Xunit.Sdk;
using Xunit.v3;

[assembly: Parallelization(Mode = ParallelMode.None)] // all threads share one seeded generator

namespace LuceneLsr.Training.Tests.Support;

/// <summary>
/// Runs each operation on one thread: faster for small tensors, and sums are always added in the same order.
/// </summary>
internal static class OneThread
{
    [ModuleInitializer]
    internal static void Set() => torch.set_num_threads(1);
}
