using System.Collections.Concurrent;
using System.Diagnostics;
using LuceneLsr.Orleans;

namespace LuceneLsr.Tools.Cluster.Loads;

/// <summary>Searches while documents are written, and checks each answer.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="documents">The documents.</param>
/// <param name="writes">What is written.</param>
internal sealed class SearchLoad(LsrCluster cluster, NumberedDocuments documents, WriteLoad writes)
{
    private const int Top = 10;

    private readonly AnswerCheck _check = new(documents);
    private int _next;

    /// <summary>Gets how many answers were checked.</summary>
    public int Answers { get; private set; }

    /// <summary>Gets what was wrong.</summary>
    public ConcurrentBag<string> Errors { get; } = [];

    /// <summary>Gets when the last answer came, by the clock of <see cref="Stopwatch"/>.</summary>
    public long LastAnswer { get; private set; }

    /// <summary>
    /// Searches until it is canceled. A search that fails is an error, because it has a long deadline.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await SearchAsync().ConfigureAwait(false);
        }
    }

    private async Task SearchAsync()
    {
        var terms = NumberedDocuments.CreateQuery(_next++);
        var before = writes.GetStates();
        try
        {
            var result = await cluster.SearchAsync(
                new ClusterQuery(terms) { Top = Top, Deadline = TimeSpan.FromMinutes(2) }, CancellationToken.None)
                .ConfigureAwait(false);
            LastAnswer = Stopwatch.GetTimestamp();
            if (_check.FindError(terms, Top, result, before, writes.GetStates()) is { } error)
            {
                Errors.Add(error);
            }

            Answers++;
        }
        catch (Exception exception)
        {
            Errors.Add(exception.Message);
        }
    }
}
