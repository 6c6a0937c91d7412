namespace LuceneLsr.Torch.Tests.Support;

/// <summary>
/// The collection of tests that depend on global state, such as the seed of libtorch's default generator. They run
/// while no other test does.
/// </summary>
[CollectionDefinition(nameof(GlobalState), DisableParallelization = true)]
public sealed class GlobalState;
