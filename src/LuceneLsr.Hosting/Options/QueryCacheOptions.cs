using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Caching.Distributed;

namespace LuceneLsr.Hosting.Options;

/// <summary>The cache of query vectors.</summary>
public sealed class QueryCacheOptions
{
    /// <summary>
    /// Gets or sets the maximum total size of the cached vectors in bytes of JSON. In memory they take about twice as
    /// much. 0 caches nothing in memory.
    /// </summary>
    [Range(0, long.MaxValue, ErrorMessage =
        "Cache.SizeLimit must not be negative. Set the number of bytes for cached vectors, or 0 for none.")]
    public long SizeLimit { get; set; } = 16 << 20;

    /// <summary>Gets or sets the time that a vector stays in the cache.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00", ErrorMessage =
        "Cache.Expiration must be from a second to a year. Set the time that a query vector stays valid.")]
    public TimeSpan Expiration { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Gets or sets whether vectors are also stored in the application's <see cref="IDistributedCache"/>, which
    /// instances of the application may share. It must be registered.
    /// </summary>
    public bool UseDistributedCache { get; set; }
}
