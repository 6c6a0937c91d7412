namespace LuceneLsr.Orleans.Stores;

/// <summary>
/// Keeps shards in a folder: on the disk of one machine, or on a network file system that all silos mount. The file
/// system must have hard links (except on Windows), and show a new file to all machines at once or after a few seconds.
/// </summary>
/// <param name="path">The folder. It is created if needed.</param>
public sealed class FolderShardStore(string path) : IShardStore
{
    private readonly string _root =
        Path.GetFullPath(path ?? throw new ArgumentNullException(nameof(path)));

    /// <inheritdoc/>
    public Task<bool> TryCreateAsync(
        string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        Task.Run(
            () => !File.Exists(GetPath(key))
                && DurableFile.TryWrite(GetPath(key), file => file.Write(content.Span), replace: false),
            cancellationToken);

    /// <inheritdoc/>
    public Task<byte[]?> TryReadAsync(string key, CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            try
            {
                return File.ReadAllBytes(GetPath(key));
            }
            catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task UploadAsync(string key, string path, CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            using var source = File.OpenRead(path);
            DurableFile.TryWrite(GetPath(key), source.CopyTo, replace: true);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task DownloadAsync(string key, string path, CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            try
            {
                File.Copy(GetPath(key), path);
            }
            catch (DirectoryNotFoundException exception)
            {
                throw new FileNotFoundException($"{GetPath(key)} does not exist.", exception);
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken = default) =>
        Task.Run(() => List(prefix), cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(string key, CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            try
            {
                File.Delete(GetPath(key));
            }
            catch (DirectoryNotFoundException)
            {
                // It does not exist.
            }
        },
        cancellationToken);

    private IReadOnlyList<string> List(string prefix)
    {
        try
        {
            return
            [
                .. Directory.EnumerateFiles(GetPath(prefix), "*", SearchOption.AllDirectories)
                    .Where(file => !file.EndsWith(DurableFile.TemporaryExtension, StringComparison.Ordinal))
                    .Select(file => Path.GetRelativePath(_root, file).Replace('\\', '/'))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private string GetPath(string key) => Path.Combine(_root, key);
}
