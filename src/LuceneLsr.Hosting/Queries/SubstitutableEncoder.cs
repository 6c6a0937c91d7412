namespace LuceneLsr.Hosting.Queries;

/// <summary>
/// An encoder whose vectors can be replaced for a while. Like its parser, it is not safe for concurrent use.
/// </summary>
/// <param name="encoder">The encoder. The container disposes it.</param>
internal sealed class SubstitutableEncoder(ISparseEncoder encoder) : ISparseEncoder
{
    public string VocabularyId => encoder.VocabularyId;

    public EncoderIdentity? Identity => encoder.Identity;

    /// <summary>Gets or sets the function that returns the vector of a text, or null for the encoder.</summary>
    public Func<string, SparseVector>? Substitute { get; set; }

    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default) =>
        Substitute is null ? encoder.Encode(texts, side, cancellationToken) : [.. texts.Select(Substitute)];

    public void Dispose()
    {
    }
}
