using LuceneLsr.Orleans.Messages;

namespace LuceneLsr.Orleans.Grains;

/// <summary>
/// Encodes texts on the silo that a caller is connected to. Queries of all callers of a silo are encoded together. Keys
/// have no meaning: a client uses several, because all calls with one key go through one gateway.
/// </summary>
[Alias("LuceneLsr.Orleans.IEncoderGrain")]
internal interface IEncoderGrain : IGrainWithIntegerKey
{
    /// <summary>Encodes a query.</summary>
    [Alias("EncodeQuery")]
    Task<ImpactTerms> EncodeQueryAsync(string text, CancellationToken cancellationToken);

    /// <summary>Encodes documents.</summary>
    [Alias("EncodeDocuments")]
    Task<ImpactTerms[]> EncodeDocumentsAsync(string[] texts, CancellationToken cancellationToken);
}
