using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Caching.Distributed;

namespace LuceneLsr.Hosting.Settings;

/// <summary>The cache of query vectors.</summary>
public sealed class QueryCacheOptions
{
    /// <summary>
    /// Gets or sets the maximum total size of the vectors in memory, measured as bytes of JSON. 0 keeps none.
    /// </summary>
    [Range(0, long.MaxValue)]
    public long SizeLimit { get; set; } = 16 << 20;

    /// <summary>Gets or sets the time that a vector stays in the cache.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan Expiration { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Gets or sets whether vectors are also stored in the application's <see cref="IDistributedCache"/>, which
    /// instances of the application may share if they encode alike: with the same model, prompts and pruning. It must be
    /// registered.
    /// </summary>
    public bool UseDistributedCache { get; set; }
}
