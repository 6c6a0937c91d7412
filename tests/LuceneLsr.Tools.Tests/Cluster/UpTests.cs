using System.Globalization;
using System.Text;
using LuceneLsr.TestSupport;
using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Cluster;

/// <summary>Runs lsr-cluster with silos in processes of their own.</summary>
public sealed class UpTests : IDisposable
{
    private const int Documents = 2_035; // of the built-in collection
    private const int Replicas = 2;

    private readonly TemporaryFolder _folder = new();
    private readonly string _port = FreePort.Find(0, 1, 1_000, 1_001).ToString(CultureInfo.InvariantCulture);

    private static string Collection { get; } =
        Path.Combine(Path.GetDirectoryName(Tool.Cluster.Program)!, "debian-packages");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Cluster_shows_its_replicas_searches_encodes_and_keeps_its_index()
    {
        var first = await RunWithClusterAsync(async () =>
        {
            await WaitForAllDocumentsAsync();
            var hits = (await RunAsync("search", "cut scenes out of a movie", "--top", "3")).Succeeded();
            Assert.Equal(["flowblade", "gopchop", "poc-streamer"], hits.Rows.Skip(1).Select(row => row[2])
                .Where(document => document != ""));
            Assert.Contains($"Port {_port} is in use.", (await RunAsync("kill", "--kills", "1")).Error);
            await EncodeAndCompareAsync();
        });
        Assert.Contains("Encoding and indexing", first);
        Assert.DoesNotContain("Encoding and indexing", await RunWithClusterAsync(WaitForAllDocumentsAsync));
    }

    [Fact]
    public async Task Kill_of_a_silo_loses_nothing() => Assert.Contains(
        " 0 lost or found after deletion, ",
        (await RunAsync("kill", "--kills", "1", "--silos", "2")).Succeeded().UnwrappedOutput);

    [Fact]
    public async Task Command_without_a_cluster_says_how_to_start_one() =>
        (await RunAsync("status")).Failed("No silo answers. Start a cluster with 'lsr-cluster up'");

    // The client is killed in the middle and started again. Its file must be that of lsr-search on one machine.
    private async Task EncodeAndCompareAsync()
    {
        var input = _folder.File("corpus.jsonl");
        File.WriteAllLines(input, File.ReadLines(Path.Combine(Collection, "corpus.jsonl")).Take(900));
        var (output, expected) = (_folder.File("vectors.jsonl.gz"), _folder.File("expected.jsonl.gz"));
        string[] command = ["encode", "--input", input, "--output", output, "--port", _port];
        await Tool.Cluster.KillAsync(HasChunk(output + ".journal"), command);
        Assert.False(File.Exists(output));
        Assert.Matches(
            "Wrote 900 vectors to .*, (256|512|768) of them from an earlier run",
            (await Tool.Cluster.RunAsync(command)).Succeeded().UnwrappedOutput);
        (await Tool.Search.RunAsync("encode", "--input", input, "--output", expected)).Succeeded();
        Assert.Equal(File.ReadAllBytes(expected), File.ReadAllBytes(output));
    }

    // The journal is locked, but its length shows a line after that of the settings.
    private static Func<bool> HasChunk(string journal)
    {
        var settings = 0L;
        return () =>
        {
            var file = new FileInfo(journal);
            var length = file.Exists ? file.Length : 0;
            settings = settings == 0 ? length : settings;
            return length > settings;
        };
    }

    private async Task<string> RunWithClusterAsync(Func<Task> work)
    {
        using var cluster = Tool.Cluster.Start(
            "up", "--silos", "2", "--folder", _folder.File("index"), "--port", _port, "--dashboard",
            $"{FreePort.Find()}");
        try
        {
            var output = await ReadUntilReadyAsync(cluster.StandardOutput);
            await work();
            return output;
        }
        finally
        {
            Tool.Signal(cluster, "TERM");
            await cluster.WaitForExitAsync(Token);
        }
    }

    private static async Task<string> ReadUntilReadyAsync(TextReader output)
    {
        for (var text = new StringBuilder();; text.AppendLine())
        {
            text.Append(await output.ReadLineAsync(Token)
                ?? throw new InvalidOperationException($"The cluster ended: {text}"));
            if (text.ToString().Contains("Ctrl+C stops the cluster.", StringComparison.Ordinal))
            {
                return text.ToString();
            }
        }
    }

    // The second replica of a shard may follow later.
    private async Task WaitForAllDocumentsAsync()
    {
        int documents;
        do
        {
            documents = CountDocuments((await RunAsync("status")).Succeeded());
            Assert.InRange(documents, 0, Documents * Replicas);
        }
        while (documents < Documents * Replicas);
    }

    // A replica that is catching up has "-".
    private static int CountDocuments(ToolResult status) => status.Rows.Skip(1).Where(row => row[4] != "-")
        .Sum(row => int.Parse(row[4], NumberStyles.AllowThousands, CultureInfo.InvariantCulture));

    private Task<ToolResult> RunAsync(params string[] command) => Tool.Cluster.RunAsync([.. command, "--port", _port]);
}
