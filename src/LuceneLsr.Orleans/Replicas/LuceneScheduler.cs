using LuceneLsr.Orleans.Configuration;
using Microsoft.Extensions.Options;

namespace LuceneLsr.Orleans.Replicas;

/// <summary>
/// Runs the blocking work of Lucene on threads of the pool, a limited number of calls at a time, and never on the
/// scheduler of a grain.
/// </summary>
/// <param name="options">The limit.</param>
internal sealed class LuceneScheduler(IOptions<LsrShardOptions> options)
{
    private readonly TaskScheduler _scheduler =
        new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, options.Value.MaxConcurrency).ConcurrentScheduler;

    /// <summary>Runs work, unless it is canceled before.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.DenyChildAttach, _scheduler);
}
