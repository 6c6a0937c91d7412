using LuceneLsr.Tools.Benchmarks.Clients;
using LuceneLsr.Tools.Benchmarks.Encoders;
using LuceneLsr.Tools.Benchmarks.Engines;
using LuceneLsr.Tools.Benchmarks.Hosts;
using LuceneLsr.Tools.Benchmarks.Kernels;
using LuceneLsr.Tools.Benchmarks.Queries;
using LuceneLsr.Tools.Benchmarks.Scale;
using LuceneLsr.Tools.Benchmarks.Training;
using LuceneLsr.Tools.Common;

var root = QueryCommand.CreateRoot();
root.Add(HostsCommand.Create());
root.Add(ScaleCommand.Create());
root.Add(KernelsCommand.Create());
root.Add(EncoderCommand.Create());
root.Add(EnginesCommand.Create());
root.Add(ClientsCommand.Create());
root.Add(TrainingCommand.Create());
return await CommandRunner.RunAsync(root, args).ConfigureAwait(false);
