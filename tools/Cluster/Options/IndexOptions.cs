using System.CommandLine;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Cluster.Options;

/// <summary>The options of the index.</summary>
internal sealed class IndexOptions
{
    private readonly Option<int> _shards;
    private readonly Option<int> _replicas;

    /// <summary>Adds the options to a command.</summary>
    public IndexOptions(Command command, int shards = 4, int replicas = 2)
    {
        _shards = CreateCount("--shards", "Number of shards.", shards, 1_024);
        _replicas = CreateCount("--replicas", "Number of replicas of each shard.", replicas, 10);
        command.Add(_shards);
        command.Add(_replicas);
    }

    /// <summary>Creates an option for a number.</summary>
    public static Option<int> CreateCount(string name, string description, int value, int max) =>
        new Option<int>(name) { Description = description, DefaultValueFactory = _ => value }
            .Require(count => count >= 1 && count <= max, $"from 1 to {max}");

    /// <summary>Creates the option for the folder of the index.</summary>
    public static Option<string> CreateFolder() => new("--folder")
    {
        Description = "Folder of the index (default LuceneLsr/cluster in the user's folder for application data).",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine(
            Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
            "LuceneLsr", "cluster"),
    };

    /// <summary>Gets the number of shards.</summary>
    public int GetShards(ParseResult parsed) => parsed.GetValue(_shards);

    /// <summary>Gets the number of replicas.</summary>
    public int GetReplicas(ParseResult parsed) => parsed.GetValue(_replicas);
}
