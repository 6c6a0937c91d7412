namespace LuceneLsr.Storage.Cursors;

/// <summary>
/// Receives one term's postings in a document range. Implemented by structs, so that the JIT compiles the loop that
/// calls it for each implementation and inlines the calls.
/// </summary>
internal interface IPostingConsumer
{
    /// <summary>Receives one posting.</summary>
    /// <param name="localId">Document id relative to the first document of the range.</param>
    /// <param name="impact">Impact of the document, at least 1.</param>
    void Add(int localId, int impact);

    /// <summary>Receives a dense row of postings that starts at the first document of the range.</summary>
    /// <param name="impacts">
    /// One impact per document, 0 for a document without the term. Pinned during the call.
    /// </param>
    void AddRow(ReadOnlyMemory<byte> impacts);
}
