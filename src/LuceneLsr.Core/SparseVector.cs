namespace LuceneLsr;

/// <summary>A term and its learned weight.</summary>
/// <param name="Term">The index term, readable.</param>
/// <param name="Weight">Finite and above zero.</param>
public readonly record struct TermWeight(string Term, float Weight);

/// <summary>
/// A text as a bag of weighted index terms, immutable. Entries stand by falling weight, equal weights by ordinal term,
/// so the first n are the n strongest.
/// </summary>
public sealed class SparseVector
{
    private readonly TermWeight[] _entries;

    /// <summary>Builds a vector; entries of weight zero are left out.</summary>
    /// <exception cref="ArgumentException">
    /// A weight is negative or not finite, or a term is empty or stands twice.
    /// </exception>
    public SparseVector(IEnumerable<TermWeight> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _entries = [.. entries.Where(entry => Validated(entry).Weight > 0)];
        Array.Sort(_entries, ByFallingWeight);
        var terms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in _entries)
        {
            if (!terms.Add(entry.Term))
            {
                throw new ArgumentException($"Term '{entry.Term}' stands twice in one vector.", nameof(entries));
            }
        }
    }

    private SparseVector(TermWeight[] sorted) => _entries = sorted;

    /// <summary>The vector of an empty text.</summary>
    public static SparseVector Empty { get; } = new([]);

    /// <summary>The entries by falling weight.</summary>
    public IReadOnlyList<TermWeight> Entries => _entries;

    /// <summary>The number of terms with a weight.</summary>
    public int Count => _entries.Length;

    /// <summary>Keeps the <paramref name="count"/> strongest terms (top-k masking, static pruning).</summary>
    public SparseVector TakeTop(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return count >= Count ? this : new SparseVector(_entries[..count]);
    }

    private static TermWeight Validated(TermWeight entry)
    {
        if (string.IsNullOrEmpty(entry.Term))
        {
            throw new ArgumentException("A term is empty.", nameof(entry));
        }

        if (!float.IsFinite(entry.Weight) || entry.Weight < 0)
        {
            throw new ArgumentException(
                $"Term '{entry.Term}' has weight {entry.Weight}; a weight is finite and not negative.", nameof(entry));
        }

        return entry;
    }

    private static int ByFallingWeight(TermWeight left, TermWeight right)
    {
        var byWeight = right.Weight.CompareTo(left.Weight);
        return byWeight != 0 ? byWeight : string.CompareOrdinal(left.Term, right.Term);
    }
}
