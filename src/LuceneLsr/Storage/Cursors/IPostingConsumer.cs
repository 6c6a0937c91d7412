namespace LuceneLsr.Storage.Cursors;

/// <summary>
/// Takes one term's postings of a window. Implemented by structs, so that loops over it are compiled apart.
/// </summary>
internal interface IPostingConsumer
{
    /// <summary>Takes one posting.</summary>
    /// <param name="at">The document's place in the window.</param>
    /// <param name="impact">Its impact.</param>
    void Add(int at, int impact);

    /// <summary>Takes the postings of consecutive documents, the first of them the window's first.</summary>
    /// <param name="impacts">An impact a document, 0 where there is none; pinned during the call.</param>
    void AddRow(ReadOnlyMemory<byte> impacts);
}
