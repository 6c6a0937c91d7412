using LuceneLsr.Orleans.Messages;
using Orleans.Concurrency;

namespace LuceneLsr.Orleans.Grains;

/// <summary>
/// Encodes the chunks of a corpus on one silo, one after the other. Its key is the address of the silo, and callers
/// hint at that silo. If it is gone, the grain is activated on another one.
/// </summary>
/// <remarks>All methods interleave, so that callers can ask for a chunk while it is encoded.</remarks>
[Alias("LuceneLsr.Orleans.IChunkEncoderGrain")]
internal interface IChunkEncoderGrain : IGrainWithStringKey
{
    /// <summary>Describes the encoder, and loads it if that was not done.</summary>
    [Alias("Describe")]
    [AlwaysInterleave]
    [ResponseTimeout(MaxTime)]
    Task<EncoderDescription> DescribeAsync();

    /// <summary>Encodes texts together, as an encoder in the caller's process would.</summary>
    /// <param name="id">The id of this call.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="side">The side of all texts.</param>
    /// <param name="expected">The encoder. The silo refuses the texts if it has another one.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    [Alias("Encode")]
    [AlwaysInterleave]
    [ResponseTimeout(MaxTime)]
    Task<EncodedVector[]> EncodeAsync(
        Guid id, string[] texts, TextSide side, EncoderDescription expected, CancellationToken cancellationToken);

    /// <summary>Returns whether a call of <see cref="EncodeAsync"/> has arrived and is not finished.</summary>
    [Alias("IsEncoding")]
    [AlwaysInterleave]
    Task<bool> IsEncodingAsync(Guid id);

    private const string MaxTime = "1.00:00:00"; // callers ask again and again whether their call is alive
}
