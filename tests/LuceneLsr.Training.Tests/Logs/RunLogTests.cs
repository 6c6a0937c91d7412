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
    public void A_step_is_a_row_with_six_digits_and_nothing_where_a_figure_is_no_number()
    {
        Write(0, new TrainingStep(1, "pairs", [("loss", 1.23456789), ("kl", double.NaN), ("rate", 3e-5)]));
        Assert.Equal("step,source,loss,kl,rate\n1,pairs,1.23457,,3E-05\n", File.ReadAllText(Csv));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        TrainingStep[] steps =
        [
            new(1, "a, \"b\"", [("loss", 0.5), ("kl", double.NaN)]),
            new(1_234_567, " c\n", [("loss", double.PositiveInfinity), ("kl", -1e-9)]),
        ];
        Write(0, steps);
        Assert.Equivalent(steps, RunLog.Read(_folder.Path, Phase), strict: true);
    }

    /// <summary>As they are after a kill: the log is not closed.</summary>
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
    public void A_resumed_run_keeps_the_steps_it_has_taken_and_appends()
    {
        Write(0, [.. Enumerable.Range(1, 5).Select(step => Step(step, 0.1234567))]);
        var kept = File.ReadAllLines(Csv)[..4];
        Write(3, Step(4, 2), Step(5, 3));
        Assert.Equal([.. kept, "4,pairs,2", "5,pairs,3"], File.ReadAllLines(Csv));
    }

    [Theory]
    [InlineData("4,pai")]
    [InlineData("4,pairs,0.2")] // a torn number is a number
    [InlineData("4,\"pai")]
    [InlineData("")]
    public void A_resumed_run_goes_on_after_a_torn_line(string torn)
    {
        _folder.Write("training-log.csv", "step,source,loss\n1,pairs,3\n2,pairs,2\n3,pairs,1\n" + torn);
        Write(3, Step(4, 0.5));
        Assert.Equal([1, 2, 3, 4], StepsRead());
    }

    [Fact]
    public void A_torn_line_is_no_step()
    {
        _folder.Write("training-log.csv", "step,source,loss\n1,pairs,3\n2,pairs,2.1");
        Assert.Equal([1], StepsRead());
    }

    [Fact]
    public void A_resumed_run_without_a_log_begins_one()
    {
        Write(3, Step(4));
        Assert.Equal([4], StepsRead());
    }

    [Fact]
    public void A_new_run_takes_the_place_of_one_that_had_other_figures()
    {
        _folder.Write("training-log.csv", "step,source,kl\n1,pairs,3\n");
        Write(0, Step(1, 0.5));
        Assert.Equal(["step,source,loss", "1,pairs,0.5"], File.ReadAllLines(Csv));
    }

    [Fact]
    public void A_resumed_run_with_other_figures_is_refused_and_the_log_is_as_it_was()
    {
        const string Content = "step,source,kl,loss\n1,pairs,3,2\n2,pairs,3,2\n";
        _folder.Write("training-log.csv", Content);
        var message = Assert.Throws<InvalidDataException>(() => Write(1, Step(2))).Message;
        Assert.StartsWith($"{Csv}: was begun with kl, loss, and this run has loss.", message, StringComparison.Ordinal);
        Assert.Equal(Content, File.ReadAllText(Csv));
    }

    [Theory]
    [InlineData("2,pairs")]
    [InlineData("2,pairs,1,1")]
    [InlineData("two,pairs,1")]
    [InlineData("2,pairs,one")]
    public void A_damaged_line_is_named(string line)
    {
        _folder.Write("training-log.csv", $"step,source,loss\n1,pairs,3\n{line}\n3,pairs,1\n");
        Assert.StartsWith(
            $"{Csv}: line 3 is no step with source, loss",
            Assert.Throws<InvalidDataException>(() => Write(3, Step(4))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_a_log_has_no_steps() => Assert.Empty(StepsRead());

    [Fact]
    public void A_log_without_a_whole_row_has_no_steps()
    {
        _folder.Write("training-log.csv", "step,sou");
        Assert.Empty(StepsRead());
    }

    [Fact]
    public void TensorBoard_gets_each_figure_that_is_a_number()
    {
        Write(0,
            new TrainingStep(1, "pairs", [("loss", 0.1), ("kl", double.NaN)]),
            new TrainingStep(2, "pairs", [("loss", 1e9), ("kl", 7)]));
        Assert.Equal(
            [("training/loss", 1, 0.1f), ("training/loss", 2, 1e9f), ("training/kl", 2, 7f)],
            EventFile.ReadScalars(Events));
    }

    /// <summary>TensorBoard reads files by their names, and a step that comes again replaces what was there.</summary>
    [Fact]
    public void TensorBoard_reads_a_resumed_runs_steps_after_the_first_ones()
    {
        Write(0, Step(1, 1), Step(2, 2), Step(3, 3));
        Write(1, Step(2, 20));
        Assert.Equal(
            [(1L, 1f), (2, 2), (3, 3), (2, 20)],
            EventFile.ReadScalars(Events).Select(scalar => (scalar.Step, scalar.Value)));
    }

    [Fact]
    public void TensorBoards_times_are_those_of_the_steps()
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
