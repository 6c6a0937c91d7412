using LuceneLsr.TestSupport;
using LuceneLsr.Training.Phases;
using LuceneLsr.Training.Runs;

namespace LuceneLsr.Training.Tests.Phases;

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
    public void Latest_snapshot_of_new_run_is_null() => Assert.Null(_run.LatestSnapshot);

    [Fact]
    public void Writing_a_snapshot_deletes_previous_snapshot()
    {
        Write(9);
        Write(100);
        Assert.Equal("100", File.ReadAllText(Path.Combine(_run.LatestSnapshot!, "steps")));
        Assert.Single(Directory.GetDirectories(_folder.File("snapshots")));
    }

    /// <summary>Writing it again would leave no snapshot for a moment.</summary>
    [Fact]
    public void Snapshot_of_a_step_is_written_only_once()
    {
        Write(9);
        _run.WriteSnapshot(9, _ => Assert.Fail("The snapshot already exists."));
        Assert.Equal("9", File.ReadAllText(Path.Combine(_run.LatestSnapshot!, "steps")));
    }

    [Fact]
    public void Failed_write_keeps_previous_snapshot()
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
            + $"{latest} is complete: fix the cause and resume from it.", exception.Message);
        Assert.Equal(latest, _run.LatestSnapshot);
        Assert.Equal([latest], Directory.GetDirectories(_folder.File("snapshots")));
    }

    /// <summary>A process that is killed while it writes leaves a partial snapshot.</summary>
    [Fact]
    public void Partial_snapshot_is_ignored_and_replaced()
    {
        Write(9);
        _folder.Write("snapshots/partial/steps", "1");
        Assert.Equal("9", File.ReadAllText(Path.Combine(_run.LatestSnapshot!, "steps")));
        Write(10);
        Assert.Single(Directory.GetDirectories(_folder.File("snapshots")));
    }

    [Fact]
    public void Deleting_snapshots_of_finished_run_leaves_none()
    {
        Write(9);
        _run.DeleteSnapshots();
        Assert.Null(_run.LatestSnapshot);
        Assert.False(Directory.Exists(_folder.File("snapshots")));
    }

    [Fact]
    public void Directory_of_a_run_is_locked_until_the_run_is_disposed()
    {
        Assert.StartsWith(
            $"{_folder.Path} cannot be locked; another process may be running in it.",
            Assert.Throws<IOException>(() => new RunDirectory(_folder.Path)).Message, StringComparison.Ordinal);
        _run.Dispose();
        new RunDirectory(_folder.Path).Dispose();
    }

    private void Write(int steps) => _run.WriteSnapshot(
        steps, directory => File.WriteAllText(Path.Combine(directory, "steps"), $"{steps}"));
}
