using System.ComponentModel;

namespace LuceneLsr;

/// <summary>
/// A text as a bag of weighted index terms. Entries are sorted by descending weight, ties by ordinal term, so that
/// the first n entries are the top n. Immutable.
/// </summary>
[ImmutableObject(true)] // a HybridCache keeps the instance, without serializing it
public sealed class SparseVector
{
    private readonly TermWeight[] _entries;

    /// <summary>Creates a vector. Entries with weight 0 are dropped.</summary>
    /// <exception cref="ArgumentException">
    /// A weight is negative or not finite, or a term is empty or a duplicate.
    /// </exception>
    public SparseVector(IEnumerable<TermWeight> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _entries = [.. entries.Where(entry => Validate(entry).Weight > 0)];
        Array.Sort(_entries, CompareByDescendingWeight);
        var terms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in _entries)
        {
            if (!terms.Add(entry.Term))
            {
                throw new ArgumentException(
                    $"Duplicate term '{entry.Term}'. The terms of a vector must be unique.", nameof(entries));
            }
        }
    }

    private SparseVector(TermWeight[] sorted) => _entries = sorted;

    /// <summary>Gets the vector without terms, as of an empty text.</summary>
    public static SparseVector Empty { get; } = new([]);

    /// <summary>Gets the entries by descending weight.</summary>
    public IReadOnlyList<TermWeight> Entries => _entries;

    /// <summary>Gets the number of entries.</summary>
    public int Count => _entries.Length;

    /// <summary>
    /// Returns a vector of the <paramref name="count"/> terms with the largest weights (top-k pruning).
    /// </summary>
    public SparseVector TakeTop(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return count >= Count ? this : new SparseVector(_entries[..count]);
    }

    private static TermWeight Validate(TermWeight entry)
    {
        if (string.IsNullOrEmpty(entry.Term))
        {
            throw new ArgumentException("Terms must not be empty.", nameof(entry));
        }

        if (!float.IsFinite(entry.Weight) || entry.Weight < 0)
        {
            throw new ArgumentException(
                $"Term '{entry.Term}' has weight {entry.Weight}. Weights must be finite and not negative.",
                nameof(entry));
        }

        return entry;
    }

    private static int CompareByDescendingWeight(TermWeight left, TermWeight right)
    {
        var byWeight = right.Weight.CompareTo(left.Weight);
        return byWeight != 0 ? byWeight : string.CompareOrdinal(left.Term, right.Term);
    }
}
