using System.Diagnostics;
using LuceneLsr.TestSupport;
using Npgsql;

namespace LuceneLsr.Orleans.Tests.Clustering;

/// <summary>A PostgreSQL server of its own with the tables of Orleans.</summary>
internal sealed class PostgreSqlServer : IDisposable
{
    /// <summary>
    /// The variable that names a folder with PostgreSQL-Main.sql and PostgreSQL-Clustering.sql from the repository of
    /// Orleans, which no package has.
    /// </summary>
    public const string ScriptsVariable = "ORLEANS_SQL_SCRIPTS";

    private readonly string _programs;
    private readonly TemporaryFolder _folder;

    private PostgreSqlServer(string programs, TemporaryFolder folder, int port)
    {
        (_programs, _folder) = (programs, folder);
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";
    }

    public string ConnectionString { get; }

    private string Data => _folder.File("data");

    /// <summary>Starts the server, or returns null if it or the scripts are missing.</summary>
    public static async Task<PostgreSqlServer?> TryStartAsync(CancellationToken cancellationToken)
    {
        var scripts = Environment.GetEnvironmentVariable(ScriptsVariable);
        var programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order().Select(version => Path.Combine(version, "bin"))
                .LastOrDefault()
            : null;
        if (programs is null || !Directory.Exists(scripts))
        {
            return null;
        }

        var port = FreePort.Find();
        var server = new PostgreSqlServer(programs, new TemporaryFolder(), port);
        server.Start(port);
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        foreach (var script in new[] { "PostgreSQL-Main.sql", "PostgreSQL-Clustering.sql" })
        {
            await using var command = source.CreateCommand(
                await File.ReadAllTextAsync(Path.Combine(scripts, script), cancellationToken));
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return server;
    }

    public void Dispose()
    {
        Run("pg_ctl", "stop", "-D", Data, "-m", "immediate");
        _folder.Dispose();
    }

    private void Start(int port)
    {
        if (Environment.IsPrivilegedProcess)
        {
            Execute("chown", "postgres", _folder.Path); // the server does not run as root
        }

        Run("initdb", "-D", Data, "-U", "postgres", "-A", "trust", "--no-sync");
        Run("pg_ctl", "start", "-w", "-D", Data, "-l", _folder.File("log"), "-o",
            $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder.Path} -c fsync=off");
    }

    private void Run(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(_programs, program), .. arguments];
        if (Environment.IsPrivilegedProcess)
        {
            Execute("runuser", ["-u", "postgres", "--", .. command]);
        }
        else
        {
            Execute(command[0], command[1..]);
        }
    }

    private static void Execute(string program, params string[] arguments)
    {
        // Output is not redirected, because the server would keep the pipe open.
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
