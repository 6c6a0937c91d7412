using LuceneLsr.Tools.Soak.Disks;
using LuceneLsr.Tools.Soak.Processes;

namespace LuceneLsr.Tools.Soak.Tests.Disks;

public class ErrorLineTests
{
    [Fact]
    public void Require_of_one_line_with_exit_code_1_passes() => ErrorLine.Require(Failed(1, "Error: No space left.\n"));

    [Theory]
    [InlineData(0, "Error: No space left.")]
    [InlineData(134, "Error: No space left.")]
    [InlineData(1, "Unhandled exception.")]
    [InlineData(1, "Error: No space left.\n   at Program.Main()")]
    public void Require_of_another_end_throws(int exitCode, string error) =>
        Assert.Throws<InvalidOperationException>(() => ErrorLine.Require(Failed(exitCode, error)));

    private static Victim Failed(int exitCode, string error) => new(false, exitCode, [], error, TimeSpan.Zero);
}
