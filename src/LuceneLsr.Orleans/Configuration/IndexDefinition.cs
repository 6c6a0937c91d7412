using System.Text.Json;
using LuceneLsr.Orleans.Stores;

namespace LuceneLsr.Orleans.Configuration;

/// <summary>What the store records about an index, so that no silo opens it with other settings.</summary>
/// <param name="Version">The version of the format, 1.</param>
/// <param name="Shards">The number of shards.</param>
/// <param name="VocabularyId">The vocabulary of the encoder, or null if silos have none.</param>
/// <param name="ImpactFactor">The impact units per unit of weight, or null if silos have no encoder.</param>
internal sealed record IndexDefinition(int Version, int Shards, string? VocabularyId, float? ImpactFactor)
{
    /// <summary>The version that this program writes and reads.</summary>
    public const int CurrentVersion = 1;

    private const string Key = "index.json";
    private const int MaxAttempts = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Records the definition in a new store, or checks that it is that of the store.</summary>
    /// <exception cref="InvalidOperationException">The store has another definition.</exception>
    /// <exception cref="InvalidDataException">The definition in the store is corrupt or missing.</exception>
    public async Task EnsureAsync(IShardStore store, CancellationToken cancellationToken)
    {
        await RequireNewOrCompleteAsync(store, cancellationToken).ConfigureAwait(false);
        await store.TryCreateAsync(Key, JsonSerializer.SerializeToUtf8Bytes(this), cancellationToken)
            .ConfigureAwait(false);
        var found = Parse(await ReadAsync(store, cancellationToken).ConfigureAwait(false));
        if (found != this)
        {
            throw new InvalidOperationException(
                $"The store holds an index with {found}, but this silo has {this}. Use the same number of shards and "
                + "the same encoder, or another store.");
        }
    }

    /// <summary>Returns the definition for messages.</summary>
    public override string ToString() => VocabularyId is null
        ? $"{Shards} shards and no encoder"
        : $"{Shards} shards, the vocabulary '{VocabularyId}' and {ImpactFactor} impact units per unit of weight";

    // Reads the definition again, because another silo may have created it before the first shard.
    private static async Task RequireNewOrCompleteAsync(IShardStore store, CancellationToken cancellationToken)
    {
        if (await store.TryReadAsync(Key, cancellationToken).ConfigureAwait(false) is null
            && (await store.ListAsync("", cancellationToken).ConfigureAwait(false)).Count > 0
            && await store.TryReadAsync(Key, cancellationToken).ConfigureAwait(false) is null)
        {
            throw new InvalidDataException(
                $"The store has objects but no {Key}. Restore it from a backup, or use an empty store.");
        }
    }

    // Another silo may create it right now.
    private static async Task<byte[]> ReadAsync(IShardStore store, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await store.TryReadAsync(Key, cancellationToken).ConfigureAwait(false) is { } bytes)
            {
                return bytes;
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }

        throw new IOException($"{Key} of the store can neither be created nor read. Start the silo again.");
    }

    private static IndexDefinition Parse(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<IndexDefinition>(bytes)
                ?? throw new InvalidDataException($"{Key} of the store is empty. Restore it from a backup.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"{Key} of the store is corrupt: {exception.Message} Restore it from a backup.", exception);
        }
    }
}
