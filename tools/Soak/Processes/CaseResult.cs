namespace LuceneLsr.Tools.Soak.Processes;

/// <summary>What became of one case.</summary>
/// <param name="Number">The number of the case.</param>
/// <param name="Outcome">A name that cases are counted by.</param>
/// <param name="Detail">What the case was and, if it failed, the error.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record CaseResult(int Number, string Outcome, string Detail, double Seconds)
{
    /// <summary>The outcome of a case that ended its process.</summary>
    public const string Crash = "crash";

    /// <summary>The outcome of a case that did not end in time.</summary>
    public const string Hang = "hang";
}
