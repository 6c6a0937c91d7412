using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LuceneLsr.Files;

/// <summary>
/// One of several parts of a file, each as large as the others but for a record: the records are dealt out in turn, so
/// that together the parts hold each record once, and long and short stretches of the file are spread over all.
/// </summary>
public sealed record Shard
{
    /// <summary>Creates a part.</summary>
    /// <param name="number">Which part, from 1.</param>
    /// <param name="count">How many there are.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part.</exception>
    public Shard(int number, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, count);
        (Number, Count) = (number, count);
    }

    /// <summary>The only part: all of the file.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Which part, from 1 to <see cref="Count"/>.</summary>
    public int Number { get; }

    /// <summary>How many parts there are.</summary>
    public int Count { get; }

    /// <summary>Reads a part as a person writes it: "2/8" is the second of eight.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Shard? shard)
    {
        shard = text?.Split('/') is [var number, var count] && Read(number) is var part && Read(count) is var parts
            && part >= 1 && part <= parts
            ? new Shard(part, parts)
            : null;
        return shard is not null;
    }

    /// <summary>Whether a record of the file is in this part.</summary>
    /// <param name="index">The record's place among the file's records, from 0.</param>
    public bool Contains(long index) => index % Count == Number - 1;

    /// <summary>As <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");

    private static int Read(string number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
