using LuceneLsr.TestSupport;

namespace LuceneLsr.Torch.Tests.Support;

/// <summary>Terms of a tied head: row j's term is "j", so that a vector can be held against the pooled head.</summary>
internal static class RowTerms
{
    public static IEnumerable<string> All { get; } =
        [.. Enumerable.Range(0, TinyTokenizer.Size).Select(row => $"{row}")];

    /// <summary>A vector's weights by row.</summary>
    public static float[] Dense(SparseVector vector)
    {
        var weightOf = vector.Entries.ToDictionary(entry => entry.Term, entry => entry.Weight);
        return [.. All.Select(term => weightOf.GetValueOrDefault(term))];
    }
}
