using System.CommandLine;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Cluster.Options;

/// <summary>The options that all commands of a cluster share.</summary>
internal sealed class MembershipOptions
{
    private const int MaxPort = 60_000; // leaves room for further silos and their gateways

    private readonly Option<Clustering> _clustering = new Option<Clustering>("--clustering")
    {
        Description = "Where silos find each other. The tables of Orleans must exist in PostgreSQL.",
        DefaultValueFactory = _ => Options.Clustering.Localhost,
    }.AcceptNamesOf<Clustering, Clustering>();

    private readonly Option<string?> _connection = new("--connection")
    {
        Description = "Connection string of the Redis or PostgreSQL server.",
        HelpName = "STRING",
    };

    private readonly Option<int> _port;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="port">The default port.</param>
    public MembershipOptions(Command command, int port = Membership.DefaultPort)
    {
        _port = new Option<int>("--port")
        {
            Description = "Port of the first silo. Each further silo has the next one; gateways are 1,000 above.",
            DefaultValueFactory = _ => port,
        }.Require(value => value is >= 1_024 and <= MaxPort, $"from 1024 to {MaxPort}");
        command.Add(_clustering);
        command.Add(_connection);
        command.Add(_port);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_clustering) != Options.Clustering.Localhost
                == string.IsNullOrWhiteSpace(result.GetValue(_connection)))
            {
                result.AddError("--connection must be given with --clustering redis or postgres, and only then.");
            }
        });
    }

    /// <summary>Gets the values.</summary>
    public Membership Get(ParseResult parsed) =>
        new(parsed.GetValue(_clustering), parsed.GetValue(_connection), parsed.GetValue(_port));
}
