using LuceneLsr.Tools.Common;

namespace LuceneLsr.Tools.Soak.Commands;

/// <summary>The folder that a command works in.</summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly bool _isTemporary;

    /// <summary>Creates the folder.</summary>
    /// <param name="path">The path, or null for a temporary folder, which is deleted at the end.</param>
    public WorkFolder(string? path)
    {
        _isTemporary = path is null;
        Path = path is null ? Directory.CreateTempSubdirectory("lsr-soak-").FullName : NewDirectory.Create(path);
    }

    public string Path { get; }

    /// <summary>Gets the path of a file or folder in it.</summary>
    public string Get(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (_isTemporary)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
