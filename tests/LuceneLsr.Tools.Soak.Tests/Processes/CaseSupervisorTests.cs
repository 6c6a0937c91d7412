using System.Diagnostics;
using LuceneLsr.Tools.Soak.Processes;

namespace LuceneLsr.Tools.Soak.Tests.Processes;

/// <summary>Shell scripts stand for processes whose cases end well, crash or hang.</summary>
public class CaseSupervisorTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    [Fact]
    public void Run_of_cases_that_end_returns_their_results() =>
        Assert.Equal(["0 fine", "1 fine"], Run(2, _ => $"{Begin(0)}; {End(0)}; {Begin(1)}; {End(1)}"));

    [Fact]
    public void Run_of_a_case_that_ends_its_process_is_a_crash_and_goes_on_after_it() =>
        Assert.Equal(
            ["0 fine", "1 crash", "2 fine"],
            Run(3, first => first == 0 ? $"{Begin(0)}; {End(0)}; {Begin(1)}; exit 139" : $"{Begin(2)}; {End(2)}"));

    [Fact]
    public void Run_of_a_case_that_does_not_end_is_a_hang_and_goes_on_after_it() =>
        Assert.Equal(
            ["0 hang", "1 fine"],
            Run(2, first => first == 0 ? $"{Begin(0)}; exec sleep 60" : $"{Begin(1)}; {End(1)}"));

    [Fact]
    public void Run_of_a_process_that_ends_between_cases_is_a_crash_of_the_next_case() =>
        Assert.Equal(["0 fine", "1 crash"], Run(2, _ => $"{Begin(0)}; {End(0)}; exit 1"));

    private static IEnumerable<string> Run(int count, Func<int, string> createScript) =>
        new CaseSupervisor(first => CreateShell(createScript(first)), Limit)
            .Run(count, TestContext.Current.CancellationToken)
            .Select(result => $"{result.Number} {result.Outcome}").ToList();

    private static ProcessStartInfo CreateShell(string script) =>
        new("sh", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };

    private static string Begin(int number) => Report(number, "");

    private static string End(int number) => Report(number, "fine");

    private static string Report(int number, string outcome) =>
        $$"""echo '{"Number": {{number}}, "Outcome": "{{outcome}}", "Detail": "", "Seconds": 0}'""";
}
