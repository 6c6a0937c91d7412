using LuceneLsr.Orleans.Messages;
using Orleans.Concurrency;

namespace LuceneLsr.Orleans.Grains;

/// <summary>
/// Encodes the chunks of a corpus on one silo, one after the other. Its key is the address of the silo, and callers
/// hint at that silo. If it is gone, the grain is activated on another one.
/// </summary>
[Alias("LuceneLsr.Orleans.IChunkEncoderGrain")]
internal interface IChunkEncoderGrain : IGrainWithStringKey
{
    /// <summary>Describes the encoder, and loads it if that was not done.</summary>
    [Alias("Describe")]
    [AlwaysInterleave]
    [ResponseTimeout(MaxTime)]
    Task<EncoderDescription> DescribeAsync();

    /// <summary>Encodes texts together, as an encoder in the caller's process would.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="side">The side of all texts.</param>
    /// <param name="expected">The encoder. The silo refuses the texts if it has another one.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    [Alias("Encode")]
    [ResponseTimeout(MaxTime)]
    Task<TermWeights[]> EncodeAsync(
        string[] texts, TextSide side, EncoderDescription expected, CancellationToken cancellationToken);

    private const string MaxTime = "06:00:00"; // callers watch whether the silo is alive
}
