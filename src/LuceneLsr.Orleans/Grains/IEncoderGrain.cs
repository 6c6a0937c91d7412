using LuceneLsr.Orleans.Messages;

namespace LuceneLsr.Orleans.Grains;

/// <summary>
/// Encodes texts on a silo that has an encoder. Queries of all callers of a silo are encoded together. Its key is 0.
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
