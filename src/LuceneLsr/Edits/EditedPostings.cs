namespace LuceneLsr.Edits;

/// <summary>The postings of one term in one segment that rules change, in the order of documents.</summary>
/// <param name="Documents">The documents.</param>
/// <param name="Stored">Their impacts in the index, 0 for a document without the term.</param>
/// <param name="Impacts">Their edited impacts, 0 for a document that loses the term.</param>
/// <param name="Rules">The rules of each document.</param>
internal sealed record EditedPostings(
    int[] Documents, int[] Stored, int[] Impacts, IReadOnlyList<DocumentRule>[] Rules)
{
    /// <summary>Gets the largest edited impact.</summary>
    public int MaxImpact { get; } = Impacts.Max();

    /// <summary>Gets the number of documents that gain the term.</summary>
    public int Added { get; } = Stored.Count(impact => impact == 0);

    /// <summary>Returns the position of a document, or a negative number if it is not edited.</summary>
    public int Find(int document) => Array.BinarySearch(Documents, document);
}
