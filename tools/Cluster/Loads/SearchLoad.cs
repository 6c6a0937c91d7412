using System.Collections.Concurrent;
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

    /// <summary>Gets the number of answers that were checked.</summary>
    public int Answers { get; private set; }

    /// <summary>Gets the errors that were found.</summary>
    public ConcurrentBag<string> Errors { get; } = [];

    /// <summary>
    /// Searches until it is canceled. A failed search is an error, too, because its deadline is long.
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
