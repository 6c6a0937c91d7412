namespace LuceneLsr.Orleans.Clients;

/// <summary>
/// The last batch of each shard that a client has written or seen. Each answer must include it, so a client reads what
/// it wrote and never goes back in time.
/// </summary>
/// <param name="shards">The number of shards.</param>
internal sealed class SeenBatches(int shards)
{
    private readonly long[] _sequences = new long[shards];

    /// <summary>Returns the last batch of a shard.</summary>
    public long Get(int shard) => Volatile.Read(ref _sequences[shard]);

    /// <summary>Records a batch.</summary>
    public void Add(int shard, long sequence)
    {
        var seen = Get(shard);
        while (sequence > seen)
        {
            var found = Interlocked.CompareExchange(ref _sequences[shard], sequence, seen);
            if (found == seen)
            {
                return;
            }

            seen = found;
        }
    }
}
