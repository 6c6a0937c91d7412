using System.ComponentModel.DataAnnotations;

namespace LuceneLsr.Orleans.Configuration;

/// <summary>How a client searches and writes.</summary>
public sealed class LsrClusterOptions
{
    /// <summary>Gets or sets the time for a search whose query states none.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets or sets how long a search waits for a replica before it also asks the next one. The first answer counts.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan HedgeDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Gets or sets how long a call waits for the silos that it asked before it is repeated, because a silo that died
    /// does not answer. It must be longer than the slowest search and write.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long a write is repeated while silos fail or shards move.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromMinutes(1);
}
