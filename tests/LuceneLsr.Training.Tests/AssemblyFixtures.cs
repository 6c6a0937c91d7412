using LuceneLsr.TorchTestSupport;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(SingleThread))]
[assembly: Parallelization(Mode = ParallelMode.None)] // all threads draw from one generator, which tests seed
