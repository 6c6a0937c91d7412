using LuceneLsr.TestSupport;

namespace LuceneLsr.Torch.Tests.Support;

/// <summary>Terms for a tied head: row j has the term "j", so a vector can be compared with the pooled head.</summary>
internal static class RowTerms
{
    public static IEnumerable<string> All { get; } =
        [.. Enumerable.Range(0, TinyTokenizer.Size).Select(row => $"{row}")];

    /// <summary>Returns the weight of each row.</summary>
    public static float[] ToDense(SparseVector vector)
    {
        var weightOf = vector.Entries.ToDictionary(entry => entry.Term, entry => entry.Weight);
        return [.. All.Select(term => weightOf.GetValueOrDefault(term))];
    }
}
