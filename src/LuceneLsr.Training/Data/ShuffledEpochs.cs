namespace LuceneLsr.Training.Data;

/// <summary>The numbers below a count in rounds, each round all of them in an order of its own.</summary>
/// <param name="count">How many there are, above zero.</param>
/// <param name="seed">Fixes every order.</param>
/// <param name="stream">Tells rounds of the same seed from each other.</param>
internal sealed class ShuffledEpochs(int count, int seed, int stream)
{
    private long _round = -1;
    private int[] _order = [];

    /// <summary>How many were drawn; may be set, to go on from there.</summary>
    public long Drawn { get; set; }

    /// <summary>Draws the next one.</summary>
    public int Next()
    {
        var (round, index) = Math.DivRem(Drawn++, count);
        if (round != _round)
        {
            _order = [.. Enumerable.Range(0, count)];
            Seeds.CreateRandom(seed, stream, round).Shuffle(_order);
            _round = round;
        }

        return _order[index];
    }
}
