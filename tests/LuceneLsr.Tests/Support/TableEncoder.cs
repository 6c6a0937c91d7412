namespace LuceneLsr.Tests.Support;

/// <summary>Answers with the vector that a table has for a text.</summary>
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
