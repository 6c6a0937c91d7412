using Microsoft.Extensions.Options;

namespace LuceneLsr.Hosting.Settings;

/// <summary>How queries are encoded. Invalid options are reported when the application starts.</summary>
public sealed class LuceneLsrOptions
{
    /// <summary>Gets or sets the cache of query vectors.</summary>
    [ValidateObjectMembers]
    public QueryCacheOptions Cache { get; set; } = new();

    /// <summary>Gets or sets how concurrent queries are encoded together.</summary>
    [ValidateObjectMembers]
    public QueryBatchOptions Batch { get; set; } = new();

    /// <summary>Gets or sets what happens when the encoder is slow or down.</summary>
    [ValidateObjectMembers]
    public EncoderPolicyOptions Policy { get; set; } = new();
}
