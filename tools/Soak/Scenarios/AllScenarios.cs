using LuceneLsr.Tools.Soak.Indexes;

namespace LuceneLsr.Tools.Soak.Scenarios;

/// <summary>Lists the scenarios.</summary>
internal static class AllScenarios
{
    /// <summary>Creates them, each with a folder of its own.</summary>
    public static IEnumerable<Scenario> Create(string folder) =>
    [
        .. Enum.GetValues<WritingMode>().Select(mode => new IndexScenario(mode, Path.Combine(folder, $"index-{mode}"))),
        new UpgradeScenario(Path.Combine(folder, "upgrade")),
        new EncodeScenario(Path.Combine(folder, "encode")),
        new TrainScenario(Path.Combine(folder, "train")),
    ];
}
