using LuceneLsr.TestSupport;
using LuceneLsr.Training.Runs;

namespace LuceneLsr.Training.Tests.Runs;

public sealed class RunDirectoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RunDirectory _run;

    public RunDirectoryTests() => _run = new RunDirectory(_folder.Path);

    public void Dispose()
    {
        _run.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_new_run_has_no_snapshot() => Assert.Null(_run.LatestSnapshot);

    [Fact]
    public void The_latest_snapshot_is_the_only_one()
    {
        Write(9);
        Write(100);
        Assert.Equal("100", File.ReadAllText(Path.Combine(_run.LatestSnapshot!, "steps")));
        Assert.Single(Directory.GetDirectories(_folder.File("snapshots")));
    }

    [Fact]
    public void The_snapshot_of_a_step_is_never_gone_while_it_is_the_only_one()
    {
        Write(9);
        _run.WriteSnapshot(9, _ => Assert.Fail("It is there already."));
        Assert.Equal("9", File.ReadAllText(Path.Combine(_run.LatestSnapshot!, "steps")));
    }

    [Fact]
    public void A_write_that_fails_leaves_the_snapshot_before_it()
    {
        Write(9);
        var latest = _run.LatestSnapshot!;
        var exception = Assert.Throws<IOException>(() => _run.WriteSnapshot(10, directory =>
        {
            File.WriteAllText(Path.Combine(directory, "steps"), "1");
            throw new IOException("No space left.");
        }));
        Assert.Equal(
            "The snapshot of step 10 could not be written: No space left. "
            + $"{latest} is whole: mend the cause, and resume from it.", exception.Message);
        Assert.Equal(latest, _run.LatestSnapshot);
        Assert.Equal([latest], Directory.GetDirectories(_folder.File("snapshots")));
    }

    /// <summary>As one that was killed while it wrote leaves it.</summary>
    [Fact]
    public void What_was_only_half_written_is_no_snapshot()
    {
        Write(9);
        _folder.Write("snapshots/partial/steps", "1");
        Assert.Equal("9", File.ReadAllText(Path.Combine(_run.LatestSnapshot!, "steps")));
        Write(10);
        Assert.Single(Directory.GetDirectories(_folder.File("snapshots")));
    }

    [Fact]
    public void A_run_that_is_done_keeps_none()
    {
        Write(9);
        _run.RemoveSnapshots();
        Assert.Null(_run.LatestSnapshot);
        Assert.False(Directory.Exists(_folder.File("snapshots")));
    }

    [Fact]
    public void No_two_runs_have_a_directory_at_once()
    {
        Assert.StartsWith(
            $"{_folder.Path} cannot be locked: a run is at work in it.",
            Assert.Throws<IOException>(() => new RunDirectory(_folder.Path)).Message, StringComparison.Ordinal);
        _run.Dispose();
        new RunDirectory(_folder.Path).Dispose();
    }

    private void Write(int steps) => _run.WriteSnapshot(
        steps, directory => File.WriteAllText(Path.Combine(directory, "steps"), $"{steps}"));
}
