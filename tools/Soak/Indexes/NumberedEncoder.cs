namespace LuceneLsr.Tools.Soak.Indexes;

/// <summary>
/// Encodes ids of <see cref="NumberedDocuments"/> as their vectors in the second field. It takes time, so that a kill
/// interrupts it.
/// </summary>
internal sealed class NumberedEncoder : ISparseEncoder
{
    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(2);

    public string VocabularyId => "numbers";

    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        Thread.Sleep(Time);
        return [.. texts.Select(id => NumberedDocuments.CreateVector(
            NumberedDocuments.GetNumber(id), NumberedDocuments.NextBody))];
    }

    public void Dispose()
    {
    }
}
