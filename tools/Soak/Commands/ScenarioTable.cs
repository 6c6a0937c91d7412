using LuceneLsr.Tools.Common.Output;
using LuceneLsr.Tools.Soak.Processes;
using LuceneLsr.Tools.Soak.Scenarios;
using Spectre.Console;

namespace LuceneLsr.Tools.Soak.Commands;

/// <summary>Runs scenarios, counts what they lose, and prints the counts as a table.</summary>
/// <param name="disturbance">The heading of the runs that were disturbed.</param>
/// <param name="run">Runs the process of a scenario and disturbs it.</param>
internal sealed class ScenarioTable(string disturbance, Func<Scenario, Victim> run)
{
    private readonly Table _table =
        new Table().RoundedBorder().AddColumns("work", "runs", disturbance, "checked", "losses");

    private readonly List<string> _losses = [];

    /// <summary>Runs a scenario some times.</summary>
    public void Run(Scenario scenario, int runs, Random random, CancellationToken cancellationToken)
    {
        var (disturbed, count, losses) = (0, 0L, _losses.Count);
        TimedProgress.Create().Start(context =>
        {
            var task = context.AddTask(scenario.Name, maxValue: runs);
            scenario.Prepare(cancellationToken);
            for (var number = 0; number < runs; number++)
            {
                try
                {
                    var victim = run(scenario);
                    disturbed += victim.IsKilled || victim.ExitCode != 0 ? 1 : 0;
                    count += scenario.Check(victim, random);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    _losses.Add($"{scenario.Name}, run {number}: {exception.Message.Split('\n')[0]}");
                }

                task.Increment(1);
            }

            count += Finish(scenario, random, cancellationToken);
        });
        _table.AddRow(scenario.Name, $"{runs:N0}", $"{disturbed:N0}", $"{count:N0}", $"{_losses.Count - losses:N0}");
    }

    // Without it, all runs may end before there is anything to check.
    private long Finish(Scenario scenario, Random random, CancellationToken cancellationToken)
    {
        try
        {
            return scenario.Check(scenario.Finish(cancellationToken), random);
        }
        catch (InvalidOperationException exception)
        {
            _losses.Add($"{scenario.Name}, undisturbed at the end: {exception.Message.Split('\n')[0]}");
            return 0;
        }
    }

    /// <summary>Prints the table and the losses.</summary>
    /// <exception cref="InvalidOperationException">Something is lost.</exception>
    public void Write()
    {
        AnsiConsole.Write(_table);
        _losses.ForEach(Console.WriteLine);
        if (_losses.Count > 0)
        {
            throw new InvalidOperationException($"{_losses.Count:N0} runs lost something or failed.");
        }
    }
}
