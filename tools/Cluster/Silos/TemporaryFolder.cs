namespace LuceneLsr.Tools.Cluster.Silos;

/// <summary>The folder of an index that is deleted at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>Gets the path of the folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("lsr-cluster-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
