using LuceneLsr.TorchTestSupport;

[assembly: AssemblyFixture(typeof(SingleThread))]
