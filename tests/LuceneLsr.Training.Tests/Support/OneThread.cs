using System.Runtime.CompilerServices;
using TorchSharp;
using Xunit.Sdk;
using Xunit.v3;

[assembly: Parallelization(Mode = ParallelMode.None)] // a seed sets the one generator that all threads draw from

namespace LuceneLsr.Training.Tests.Support;

/// <summary>
/// One thread an operation: quicker for tensors this small, and sums are then always added in the same order.
/// </summary>
internal static class OneThread
{
    [ModuleInitializer]
    internal static void Set() => torch.set_num_threads(1);
}
