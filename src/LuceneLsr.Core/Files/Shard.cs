using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LuceneLsr.Files;

/// <summary>
/// One of several shards of a file. Records are assigned round-robin: each belongs to exactly one shard, and shards
/// differ in size by at most one record.
/// </summary>
public sealed record Shard
{
    /// <summary>Creates a shard.</summary>
    /// <param name="number">The number of the shard, counted from 1.</param>
    /// <param name="count">The number of shards.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not from 1 to <paramref name="count"/>.</exception>
    public Shard(int number, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, count);
        (Number, Count) = (number, count);
    }

    /// <summary>Gets the shard that contains the whole file.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Gets the number of the shard, from 1 to <see cref="Count"/>.</summary>
    public int Number { get; }

    /// <summary>Gets the number of shards.</summary>
    public int Count { get; }

    /// <summary>Parses a shard such as "2/8", the second of eight.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Shard? shard)
    {
        shard = text?.Split('/') is [var first, var second]
            && ParseOrZero(first) is var number && ParseOrZero(second) is var count
            && number >= 1 && number <= count
            ? new Shard(number, count)
            : null;
        return shard is not null;
    }

    /// <summary>Returns whether a record belongs to this shard.</summary>
    /// <param name="index">The index of the record in the file, counted from 0.</param>
    public bool Contains(long index) => index % Count == Number - 1;

    /// <summary>Returns the format that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");

    private static int ParseOrZero(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
