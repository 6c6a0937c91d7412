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

    /// <summary>Records the definition in a new store, or checks that it is that of the store.</summary>
    /// <exception cref="InvalidOperationException">The store has another definition.</exception>
    /// <exception cref="InvalidDataException">The definition in the store is corrupt.</exception>
    public async Task EnsureAsync(IShardStore store, CancellationToken cancellationToken)
    {
        await store.TryCreateAsync(Key, JsonSerializer.SerializeToUtf8Bytes(this), cancellationToken)
            .ConfigureAwait(false);
        var found = Parse(await store.TryReadAsync(Key, cancellationToken).ConfigureAwait(false));
        if (found != this)
        {
            throw new InvalidOperationException(
                $"The store holds an index with the definition {found}, but this silo has {this}. Use the same "
                + "number of shards and the same encoder, or use another store.");
        }
    }

    private static IndexDefinition Parse(byte[]? bytes)
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
