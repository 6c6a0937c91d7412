using LuceneLsr.Files;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Core.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Target => _folder.File("a.txt");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WriteText_replaces_file_with_UTF_8_without_byte_order_mark()
    {
        File.WriteAllText(Target, "an older, longer text");
        AtomicFile.WriteText(Target, "é\n");
        Assert.Equal("é\n"u8, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Write_that_fails_keeps_existing_file_and_leaves_no_temporary_file()
    {
        File.WriteAllText(Target, "old");
        Assert.Throws<InvalidDataException>(() => AtomicFile.Write(Target, file =>
        {
            file.WriteByte(1);
            throw new InvalidDataException();
        }));
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Write_to_existing_file_without_overwrite_throws_and_keeps_file()
    {
        File.WriteAllText(Target, "old");
        Assert.Throws<IOException>(() => AtomicFile.Write(Target, file => file.WriteByte(1), overwrite: false));
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }
}
