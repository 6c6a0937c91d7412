using LuceneLsr.Orleans.Messages;

namespace LuceneLsr.Orleans.Grains;

/// <summary>What silos know about the index as a whole. Its key is 0.</summary>
[Alias("LuceneLsr.Orleans.IIndexGrain")]
internal interface IIndexGrain : IGrainWithIntegerKey
{
    /// <summary>Returns how the index is divided.</summary>
    [Alias("GetLayout")]
    Task<IndexLayout> GetLayoutAsync();

    /// <summary>Returns the active silos that encode, if they have an encoder.</summary>
    [Alias("GetEncoderSilos")]
    Task<SiloAddress[]> GetEncoderSilosAsync();
}
