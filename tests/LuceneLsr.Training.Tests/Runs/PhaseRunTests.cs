using LuceneLsr.TestSupport;
using LuceneLsr.Tools.Trainer.Runs;

namespace LuceneLsr.Training.Tests.Runs;

public sealed class PhaseRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PhaseRunTests() => Directory.CreateDirectory(PhaseRun.StartDirectory(_folder.Path));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_a_run_started_from_goes_when_it_is_done() => Assert.False(StartIsLeft());

    [Theory]
    [InlineData("run.json")]
    [InlineData("adapter/adapter_config.json")] // which names its base
    public void It_stays_where_something_needs_it(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(file))!);
        File.WriteAllText(_folder.File(file), "{}");
        Assert.True(StartIsLeft());
    }

    private bool StartIsLeft()
    {
        PhaseRun.ClearUp(_folder.Path);
        return Directory.Exists(PhaseRun.StartDirectory(_folder.Path));
    }
}
