using System.ComponentModel.DataAnnotations;
using Lucene.Net.Search;
using LuceneLsr.QueryParsing;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;

namespace LuceneLsr.Hosting.Settings;

/// <summary>What happens when the encoder is slow or down.</summary>
public sealed class EncoderPolicyOptions
{
    /// <summary>Gets or sets how long a query may wait for its vector, the time in the queue included.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Gets or sets when the encoder is no longer asked, because it fails or is too slow, and when it is tried again.
    /// </summary>
    [ValidateObjectMembers]
    public CircuitBreakerStrategyOptions CircuitBreaker { get; set; } =
        new() { FailureRatio = 0.5, MinimumThroughput = 10 };

    /// <summary>
    /// Gets or sets the function that makes another query of a text that could not be encoded, such as a lexical one.
    /// If it is null, which is the default, or returns null, the encoder's exception is thrown.
    /// </summary>
    public Func<EncoderFailure, Query?>? Fallback { get; set; }
}
