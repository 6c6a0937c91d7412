namespace LuceneLsr.Tests.Support;

/// <summary>Looks up the vector of each text in a table.</summary>
internal sealed class TableEncoder(IReadOnlyDictionary<string, SparseVector> vectors) : ISparseEncoder
{
    public string VocabularyId => "table";

    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default) =>
        [.. texts.Select(text => vectors[text])];

    public void Dispose()
    {
    }
}
