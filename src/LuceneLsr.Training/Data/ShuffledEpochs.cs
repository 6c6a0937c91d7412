namespace LuceneLsr.Training.Data;

/// <summary>Draws the numbers from 0 to a count - 1 epoch after epoch, in a new random order in each epoch.</summary>
/// <param name="count">The count, which must be positive.</param>
/// <param name="seed">The seed of the orders.</param>
/// <param name="stream">Distinguishes instances with the same seed.</param>
internal sealed class ShuffledEpochs(int count, int seed, int stream)
{
    private long _epoch = -1;
    private int[] _order = [];

    /// <summary>Gets or sets the number of draws. Setting it continues from there.</summary>
    public long Drawn { get; set; }

    /// <summary>Draws the next number.</summary>
    public int Next()
    {
        var (epoch, index) = Math.DivRem(Drawn++, count);
        if (epoch != _epoch)
        {
            _order = [.. Enumerable.Range(0, count)];
            Seeds.CreateRandom(seed, stream, epoch).Shuffle(_order);
            _epoch = epoch;
        }

        return _order[index];
    }
}
