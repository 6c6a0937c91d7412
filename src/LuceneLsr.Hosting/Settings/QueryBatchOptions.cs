using System.ComponentModel.DataAnnotations;

namespace LuceneLsr.Hosting.Settings;

/// <summary>
/// How concurrent queries are encoded together: a batch is what has queued up while the encoder was busy, so no query
/// waits for others to come.
/// </summary>
public sealed class QueryBatchOptions
{
    /// <summary>Gets or sets the maximum number of queries that the encoder gets at once.</summary>
    [Range(1, 4096)]
    public int MaxSize { get; set; } = 32;

    /// <summary>
    /// Gets or sets how many batches are encoded at the same time. A model that uses all cores needs one; a server may
    /// take more.
    /// </summary>
    [Range(1, 256)]
    public int MaxConcurrency { get; set; } = 1;

    /// <summary>
    /// Gets or sets how many queries may wait for the encoder. Further queries wait for a place, at most until
    /// <see cref="EncoderPolicyOptions.Timeout"/>.
    /// </summary>
    [Range(1, 1_000_000)]
    public int QueueCapacity { get; set; } = 1024;
}
