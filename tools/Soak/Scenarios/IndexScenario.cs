using System.Diagnostics;
using System.Globalization;
using LuceneLsr.Tools.Soak.Indexes;
using LuceneLsr.Tools.Soak.Processes;

namespace LuceneLsr.Tools.Soak.Scenarios;

/// <summary>
/// A process adds documents, deletes some, and commits, without end. All documents of the last commit must be there, and
/// the next process goes on from it.
/// </summary>
/// <param name="mode">How it writes.</param>
/// <param name="folder">The folder of the index.</param>
internal sealed class IndexScenario(WritingMode mode, string folder)
    : Scenario($"index, {mode.ToString().ToLowerInvariant()}")
{
    private const int MaxDocuments = 10_000; // then it starts again

    private static readonly TimeSpan WritingTime = TimeSpan.FromSeconds(2);

    private int _count;
    private TimeSpan _timeOfOneCommit;

    public override TimeSpan Lifetime => _timeOfOneCommit + WritingTime;

    public override void Prepare(CancellationToken cancellationToken) =>
        _timeOfOneCommit = Finish(cancellationToken).Lifetime;

    public override ProcessStartInfo CreateStartInfo() => CreateStartInfo(limit: []);

    public override Victim Finish(CancellationToken cancellationToken) =>
        Victim.Run(CreateStartInfo(limit: ["--commits", "1"]), cancellationToken);

    public override long Check(Victim victim, Random random)
    {
        var commits = victim.Lines.Where(line => int.TryParse(line, CultureInfo.InvariantCulture, out _))
            .Select(line => int.Parse(line, CultureInfo.InvariantCulture));
        _count = commits.LastOrDefault(_count);
        var upgraded = mode == WritingMode.Upgrades ? _count : 0;
        return _count == 0 && !Directory.Exists(folder) ? 0 : NumberedIndexCheck.Run(folder, _count, upgraded, random);
    }

    private ProcessStartInfo CreateStartInfo(string[] limit)
    {
        if (_count > MaxDocuments)
        {
            Directory.Delete(folder, recursive: true);
            _count = 0;
        }

        return Programs.Soak(["write-worker", "--index", folder, "--mode", mode.ToString(), .. limit]);
    }
}
