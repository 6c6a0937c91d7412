namespace LuceneLsr.Tests.Support;

/// <summary>The collection of tests that change static settings. They run while no other test does.</summary>
[CollectionDefinition(nameof(GlobalState), DisableParallelization = true)]
public sealed class GlobalState;
