using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Checkpoints;

namespace LuceneLsr.Torch.Tests.Checkpoints;

public class CheckpointFilesTests
{
    [Fact]
    public void Enumerate_missing_directory_throws_with_its_path()
    {
        using var folder = new TemporaryFolder();
        var missing = folder.File("missing");
        var error = Assert.Throws<CheckpointException>(() => CheckpointFiles.Enumerate(missing).ToList());
        Assert.Equal($"{missing}: the checkpoint directory does not exist.", error.Message);
    }
}
