using System.Globalization;

namespace LuceneLsr.Orleans.Logs;

/// <summary>
/// The keys of a shard's objects. Numbers of batches are padded, so that ordinal order is numerical order:
/// <code>
/// shard-00003/log/0000000000000000042                    a batch
/// shard-00003/snapshots/0000000000000000040-GUID/_0.cfs  a file of a snapshot
/// shard-00003/manifests/0000000000000000040              the list of its files, written last
/// </code>
/// </summary>
/// <param name="shard">The shard, counted from 0.</param>
internal sealed class ShardKeys(int shard)
{
    private const int SequenceLength = 19; // digits of the largest long

    private readonly string _root = string.Create(CultureInfo.InvariantCulture, $"shard-{shard:D5}/");

    /// <summary>Gets the prefix of all batches.</summary>
    public string Log => $"{_root}log/";

    /// <summary>Gets the prefix of the files of all snapshots.</summary>
    public string Snapshots => $"{_root}snapshots/";

    /// <summary>Gets the prefix of all manifests.</summary>
    public string Manifests => $"{_root}manifests/";

    /// <summary>Returns the key of a batch.</summary>
    public string GetBatch(long sequence) => Log + Format(sequence);

    /// <summary>Returns the key of the manifest of a snapshot.</summary>
    public string GetManifest(long sequence) => Manifests + Format(sequence);

    /// <summary>Returns the prefix of the files of a new snapshot.</summary>
    public string CreateSnapshotPrefix(long sequence) => $"{Snapshots}{Format(sequence)}-{Guid.NewGuid():N}/";

    /// <summary>Returns the number of the batch or snapshot that a key belongs to.</summary>
    /// <param name="key">The key.</param>
    /// <param name="prefix">One of the prefixes above.</param>
    public static long GetSequence(string key, string prefix) =>
        long.Parse(key.AsSpan(prefix.Length, SequenceLength), NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Format(long sequence) =>
        sequence.ToString($"D{SequenceLength}", CultureInfo.InvariantCulture);
}
