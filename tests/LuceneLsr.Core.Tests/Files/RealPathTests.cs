using LuceneLsr.Files;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Core.Tests.Files;

public sealed class RealPathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("real/a.txt", "real/a.txt")]
    [InlineData("real/../real/a.txt", "real/a.txt")]
    [InlineData("link/a.txt", "real/a.txt")]
    [InlineData("link/missing.txt", "real/missing.txt")]
    [InlineData("link-to-link/a.txt", "real/a.txt")]
    [InlineData("b.txt", "real/a.txt")]
    [InlineData("none/c.txt", "none/c.txt")]
    public void Resolve_follows_links_of_folders_and_files(string path, string real)
    {
        Directory.CreateDirectory(_folder.File("real"));
        _folder.Write("real/a.txt", "");
        Directory.CreateSymbolicLink(_folder.File("link"), "real");
        Directory.CreateSymbolicLink(_folder.File("link-to-link"), _folder.File("link"));
        File.CreateSymbolicLink(_folder.File("b.txt"), "link/a.txt");
        Assert.Equal(RealPath.Resolve(_folder.File(real)), RealPath.Resolve(_folder.File(path)));
    }
}
