using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using LuceneLsr.Orleans.Stores;

namespace LuceneLsr.Orleans.S3;

/// <summary>
/// Keeps shards in a bucket of Amazon S3, or of an object storage that is compatible with it. It must support
/// conditional writes (<c>If-None-Match: *</c>) and be strongly consistent, as S3 is.
/// </summary>
/// <remarks>Errors are <see cref="AmazonServiceException"/>s, wrapped in an <see cref="IOException"/>.</remarks>
public sealed class S3ShardStore : IShardStore
{
    private readonly IAmazonS3 _client;
    private readonly string _bucket;
    private readonly string _prefix;

    /// <summary>Creates the store.</summary>
    /// <param name="client">The client. The caller disposes it.</param>
    /// <param name="bucket">The bucket, which must exist.</param>
    /// <param name="prefix">What the keys of all objects start with, such as "indexes/products/"; may be empty.</param>
    public S3ShardStore(IAmazonS3 client, string bucket, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(bucket);
        ArgumentNullException.ThrowIfNull(prefix);
        (_client, _bucket, _prefix) = (client, bucket, prefix);
    }

    /// <inheritdoc/>
    public Task<bool> TryCreateAsync(
        string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) => TranslateAsync(
        key,
        async () =>
        {
            try
            {
                using var stream = new MemoryStream(content.ToArray(), writable: false);
                await _client.PutObjectAsync(
                    new() { BucketName = _bucket, Key = _prefix + key, InputStream = stream, IfNoneMatch = "*" },
                    cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (AmazonS3Exception exception)
                when (exception.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
            {
                return false; // it exists, or another writer creates it right now
            }
        });

    /// <inheritdoc/>
    public Task<byte[]?> TryReadAsync(string key, CancellationToken cancellationToken = default) => TranslateAsync(
        key,
        async () =>
        {
            if (await TryGetAsync(key, cancellationToken).ConfigureAwait(false) is not { } response)
            {
                return null;
            }

            using (response)
            {
                using var bytes = new MemoryStream();
                await response.ResponseStream.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
                return bytes.ToArray();
            }
        });

    /// <inheritdoc/>
    public Task UploadAsync(string key, string path, CancellationToken cancellationToken = default) => TranslateAsync(
        key,
        async () =>
        {
            using var transfer = new TransferUtility(_client); // large files in several parts
            await transfer.UploadAsync(path, _bucket, _prefix + key, cancellationToken).ConfigureAwait(false);
            return true;
        });

    /// <inheritdoc/>
    public Task DownloadAsync(string key, string path, CancellationToken cancellationToken = default) => TranslateAsync(
        key,
        async () =>
        {
            using var response = await TryGetAsync(key, cancellationToken).ConfigureAwait(false)
                ?? throw new FileNotFoundException($"{_prefix}{key} does not exist in the bucket {_bucket}.");
            await response.WriteResponseStreamToFileAsync(path, append: false, cancellationToken).ConfigureAwait(false);
            return true;
        });

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken = default) =>
        TranslateAsync<IReadOnlyList<string>>(
            prefix,
            async () =>
            {
                var keys = new List<string>();
                var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = _prefix + prefix };
                await foreach (var item in _client.Paginators.ListObjectsV2(request).S3Objects
                    .WithCancellation(cancellationToken).ConfigureAwait(false))
                {
                    keys.Add(item.Key[_prefix.Length..]);
                }

                return keys; // S3 sorts them
            });

    /// <inheritdoc/>
    public Task DeleteAsync(string key, CancellationToken cancellationToken = default) => TranslateAsync(
        key, () => _client.DeleteObjectAsync(_bucket, _prefix + key, cancellationToken));

    private async Task<GetObjectResponse?> TryGetAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.GetObjectAsync(_bucket, _prefix + key, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    // Exceptions of the SDK cannot be sent from silo to silo.
    private async Task<T> TranslateAsync<T>(string key, Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception exception) when (
            exception is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            throw new IOException(
                $"The bucket {_bucket} refuses a request for {_prefix}{key}: {exception.Message}", exception);
        }
    }
}
