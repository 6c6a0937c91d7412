namespace LuceneLsr.Tools.Benchmarks.Clients;

/// <summary>Passes texts on to an encoder that it does not dispose.</summary>
internal sealed class SharedEncoder(ISparseEncoder encoder) : ISparseEncoder
{
    public string VocabularyId => encoder.VocabularyId;

    public EncoderIdentity? Identity => encoder.Identity;

    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default) =>
        encoder.Encode(texts, side, cancellationToken);

    public void Dispose()
    {
    }
}
