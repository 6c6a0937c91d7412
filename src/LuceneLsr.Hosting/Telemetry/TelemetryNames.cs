namespace LuceneLsr.Hosting.Telemetry;

/// <summary>The names that metrics and activities share.</summary>
internal static class TelemetryNames
{
    /// <summary>The name of the meter, the activity source and the resilience pipeline.</summary>
    public const string Source = "LuceneLsr.Hosting";

    /// <summary>The tag with the side of the encoded texts.</summary>
    public const string Side = "lucenelsr.side";

    /// <summary>The tag that shows whether a query's vector was cached or already being encoded.</summary>
    public const string CacheHit = "lucenelsr.query.cache.hit";

    /// <summary>The tag with the type of the exception, on failures only.</summary>
    public const string ErrorType = "error.type";

    /// <summary>Gets the value of <see cref="Side"/>.</summary>
    public static string GetName(TextSide side) => side == TextSide.Query ? "query" : "document";
}
