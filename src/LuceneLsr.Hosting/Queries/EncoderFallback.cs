using Lucene.Net.Search;
using LuceneLsr.Hosting.Settings;
using LuceneLsr.Hosting.Telemetry;
using LuceneLsr.QueryParsing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LuceneLsr.Hosting.Queries;

/// <summary>Replaces texts that could not be encoded by the application's fallback, and logs and counts it.</summary>
internal sealed partial class EncoderFallback(
    IOptions<LuceneLsrOptions> options, EncoderMetrics metrics, ILogger<EncoderFallback> logger)
{
    /// <summary>Returns another query of a text, or null if there is none.</summary>
    public Query? CreateQuery(EncoderFailure failure)
    {
        var query = options.Value.Policy.Fallback?.Invoke(failure);
        if (query is not null)
        {
            metrics.CountFallback(failure.Exception);
            LogFallback(failure.Field, failure.Exception.GetType().Name, failure.Exception.Message);
        }

        return query;
    }

    [LoggerMessage(EventId = 1, EventName = "EncoderFallback", Level = LogLevel.Warning,
        Message = "A query for field '{Field}' could not be encoded and was replaced by the fallback. {Error}: {Reason}")]
    private partial void LogFallback(string field, string error, string reason); // no stack trace per query
}
