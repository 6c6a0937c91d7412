using LuceneLsr.TestSupport;
using LuceneLsr.Training.Phases;

namespace LuceneLsr.Training.Tests.Phases;

public sealed class StartCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StartCheckpointTests() => Directory.CreateDirectory(StartCheckpoint.GetDirectory(_folder.Path));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Start_checkpoint_of_finished_run_is_deleted()
    {
        StartCheckpoint.DeleteUnlessNeeded(_folder.Path);
        Assert.False(Directory.Exists(StartCheckpoint.GetDirectory(_folder.Path)));
    }

    [Theory]
    [InlineData("run.json")] // the run is unfinished
    [InlineData("adapter/adapter_config.json")] // the adapter's base is the start checkpoint
    public void Start_checkpoint_that_is_needed_is_kept(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(file))!);
        File.WriteAllText(_folder.File(file), "{}");
        StartCheckpoint.DeleteUnlessNeeded(_folder.Path);
        Assert.True(Directory.Exists(StartCheckpoint.GetDirectory(_folder.Path)));
    }
}
