using LuceneLsr.TestSupport;
using LuceneLsr.Training.Logs;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tests.Support;

namespace LuceneLsr.Training.Tests.Logs;

public sealed class RunLogTests : IDisposable
{
    private const string Phase = "training";

    private readonly TemporaryFolder _folder = new();

    private string Csv => _folder.File("training-log.csv");

    private string Events => _folder.File("tensorboard/training");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Step_is_a_row_with_six_digits_and_empty_fields_for_nan()
    {
        Write(0, new TrainingStep(1, "pairs", [("loss", 1.23456789), ("kl", double.NaN), ("rate", 3e-5)]));
        Assert.Equal("step,source,loss,kl,rate\n1,pairs,1.23457,,3E-05\n", File.ReadAllText(Csv));
    }

    [Fact]
    public void Written_steps_are_read_back()
    {
        TrainingStep[] steps =
        [
            new(1, "a, \"b\"", [("loss", 0.5), ("kl", double.NaN)]),
            new(1_234_567, " c\n", [("loss", double.PositiveInfinity), ("kl", -1e-9)]),
        ];
        Write(0, steps);
        Assert.Equivalent(steps, RunLog.Read(_folder.Path, Phase), strict: true);
    }

    /// <summary>The log is not closed, as after a kill.</summary>
    [Fact]
    public void Steps_are_on_disk_as_soon_as_they_are_written()
    {
        using var log = new RunLog(_folder.Path, Phase, stepsTaken: 0);
        log.Write(Step(1));
        log.Write(Step(2));
        Assert.Equal([1, 2], StepsRead());
        Assert.Equal([1L, 2L], EventFile.ReadScalars(Events).Select(scalar => scalar.Step));
    }

    [Fact]
    public void Log_of_resumed_run_keeps_taken_steps_and_appends()
    {
        Write(0, [.. Enumerable.Range(1, 5).Select(step => Step(step, 0.1234567))]);
        var kept = File.ReadAllLines(Csv)[..4];
        Write(3, Step(4, 2), Step(5, 3));
        Assert.Equal([.. kept, "4,pairs,2", "5,pairs,3"], File.ReadAllLines(Csv));
    }

    [Theory]
    [InlineData("4,pai")]
    [InlineData("4,pairs,0.2")] // an incomplete number still parses
    [InlineData("4,\"pai")]
    [InlineData("")]
    public void Log_of_resumed_run_replaces_incomplete_line(string incomplete)
    {
        _folder.Write("training-log.csv", "step,source,loss\n1,pairs,3\n2,pairs,2\n3,pairs,1\n" + incomplete);
        Write(3, Step(4, 0.5));
        Assert.Equal([1, 2, 3, 4], StepsRead());
    }

    [Fact]
    public void Incomplete_line_is_not_read()
    {
        _folder.Write("training-log.csv", "step,source,loss\n1,pairs,3\n2,pairs,2.1");
        Assert.Equal([1], StepsRead());
    }

    [Fact]
    public void Log_of_resumed_run_without_log_is_created()
    {
        Write(3, Step(4));
        Assert.Equal([4], StepsRead());
    }

    [Fact]
    public void Log_of_new_run_replaces_log_with_other_figures()
    {
        _folder.Write("training-log.csv", "step,source,kl\n1,pairs,3\n");
        Write(0, Step(1, 0.5));
        Assert.Equal(["step,source,loss", "1,pairs,0.5"], File.ReadAllLines(Csv));
    }

    [Fact]
    public void Log_of_resumed_run_with_other_figures_is_rejected_unchanged()
    {
        const string Content = "step,source,kl,loss\n1,pairs,3,2\n2,pairs,3,2\n";
        _folder.Write("training-log.csv", Content);
        var message = Assert.Throws<InvalidDataException>(() => Write(1, Step(2))).Message;
        Assert.StartsWith(
            $"{Csv}: has the figures kl, loss, but this run logs loss.", message, StringComparison.Ordinal);
        Assert.Equal(Content, File.ReadAllText(Csv));
    }

    [Theory]
    [InlineData("2,pairs")]
    [InlineData("2,pairs,1,1")]
    [InlineData("two,pairs,1")]
    [InlineData("2,pairs,one")]
    public void Malformed_line_is_rejected_by_line_number(string line)
    {
        _folder.Write("training-log.csv", $"step,source,loss\n1,pairs,3\n{line}\n3,pairs,1\n");
        Assert.StartsWith(
            $"{Csv}, line 3: expected a step number, source, loss.",
            Assert.Throws<InvalidDataException>(() => Write(3, Step(4))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_log_has_no_steps() => Assert.Empty(StepsRead());

    [Fact]
    public void Log_without_complete_line_has_no_steps()
    {
        _folder.Write("training-log.csv", "step,sou");
        Assert.Empty(StepsRead());
    }

    [Fact]
    public void TensorBoard_events_contain_figures_that_are_not_nan()
    {
        Write(0,
            new TrainingStep(1, "pairs", [("loss", 0.1), ("kl", double.NaN)]),
            new TrainingStep(2, "pairs", [("loss", 1e9), ("kl", 7)]));
        Assert.Equal(
            [("training/loss", 1, 0.1f), ("training/loss", 2, 1e9f), ("training/kl", 2, 7f)],
            EventFile.ReadScalars(Events));
    }

    /// <summary>TensorBoard reads files in order of name; a repeated step replaces its predecessor.</summary>
    [Fact]
    public void TensorBoard_events_of_resumed_run_follow_earlier_events()
    {
        Write(0, Step(1, 1), Step(2, 2), Step(3, 3));
        Write(1, Step(2, 20));
        Assert.Equal(
            [(1L, 1f), (2, 2), (3, 3), (2, 20)],
            EventFile.ReadScalars(Events).Select(scalar => (scalar.Step, scalar.Value)));
    }

    [Fact]
    public void TensorBoard_events_have_wall_time_of_their_steps()
    {
        Write(0, Step(1));
        var time = EventFile.Read(Assert.Single(Directory.GetFiles(Events)))[^1].WallTime;
        Assert.InRange(time - DateTimeOffset.UtcNow.ToUnixTimeSeconds(), -600, 600);
    }

    private static TrainingStep Step(int step, double loss = 1) => new(step, "pairs", [("loss", loss)]);

    private void Write(int stepsTaken, params TrainingStep[] steps)
    {
        using var log = new RunLog(_folder.Path, Phase, stepsTaken);
        foreach (var step in steps)
        {
            log.Write(step);
        }
    }

    private IEnumerable<int> StepsRead() => RunLog.Read(_folder.Path, Phase).Select(step => step.Step);
}
