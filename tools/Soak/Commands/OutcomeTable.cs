using System.Globalization;
using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Tools.Soak.Processes;
using Spectre.Console;

namespace LuceneLsr.Tools.Soak.Commands;

/// <summary>Counts the outcomes of cases by kind, and prints them as a table.</summary>
/// <param name="kindTitle">The heading of the kinds.</param>
/// <param name="outcomes">The outcomes in the order of the columns; those of a kind's cases must be among them.</param>
/// <param name="isFailure">Returns whether an outcome is a fault of ours.</param>
internal sealed class OutcomeTable(string kindTitle, string[] outcomes, Predicate<string> isFailure)
{
    private const int MaxFailures = 20;

    private readonly List<(string Kind, CaseResult Result)> _results = [];

    /// <summary>Runs the cases of a kind under a progress bar.</summary>
    public void Run(string kind, int count, CaseSupervisor supervisor, CancellationToken cancellationToken) =>
        TimedProgress.Create().Start(context =>
        {
            var task = context.AddTask(kind, maxValue: count);
            foreach (var result in supervisor.Run(count, cancellationToken))
            {
                _results.Add((kind, result));
                task.Increment(1);
            }
        });

    /// <summary>Prints the counts and the first failures.</summary>
    /// <exception cref="InvalidOperationException">There is a failure.</exception>
    public void Write()
    {
        var table = new Table().RoundedBorder().AddColumns([kindTitle, "cases", .. outcomes, "slowest"]);
        foreach (var kind in _results.GroupBy(result => result.Kind, result => result.Result))
        {
            table.AddRow([
                Markup.Escape(kind.Key), Format(kind.Count()),
                .. outcomes.Select(outcome => Format(kind.Count(result => result.Outcome == outcome))),
                $"{kind.Max(result => result.Seconds):F2} s",
            ]);
        }

        WideTable.Write(table);
        var failures = _results.Where(result => isFailure(result.Result.Outcome)).ToList();
        foreach (var (kind, failure) in failures.Take(MaxFailures))
        {
            Console.WriteLine($"{kind}, case {failure.Number}: {failure.Outcome}: {failure.Detail}");
        }

        if (failures.Count > 0)
        {
            throw new InvalidOperationException($"{failures.Count:N0} of {_results.Count:N0} cases failed.");
        }
    }

    private static string Format(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
