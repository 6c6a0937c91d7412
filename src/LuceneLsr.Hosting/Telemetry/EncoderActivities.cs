using System.Diagnostics;

namespace LuceneLsr.Hosting.Telemetry;

/// <summary>The activities of this library.</summary>
internal static class EncoderActivities
{
    private static readonly ActivitySource Source = new(TelemetryNames.Source);

    /// <summary>Starts the activity of encoding texts, or returns null if nobody listens.</summary>
    public static Activity? Start(TextSide side)
    {
        var name = TelemetryNames.GetName(side);
        return Source.StartActivity($"encode {name}")?.SetTag(TelemetryNames.Side, name);
    }

    /// <summary>Marks an activity as failed.</summary>
    public static void Fail(this Activity activity, Exception exception) => activity
        .SetTag(TelemetryNames.ErrorType, exception.GetType().FullName)
        .SetStatus(ActivityStatusCode.Error, exception.Message);
}
