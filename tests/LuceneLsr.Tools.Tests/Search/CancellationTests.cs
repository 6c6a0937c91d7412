using System.Diagnostics;
using LuceneLsr.TestSupport;
using LuceneLsr.Tools.Tests.Support;

namespace LuceneLsr.Tools.Tests.Search;

/// <summary>Cancels commands of lsr-search.</summary>
public sealed class CancellationTests(ToolFixture fixture) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The judgments are a pipe: once they are read, eval is about to encode many documents.</summary>
    [Fact]
    public async Task Canceled_eval_says_how_to_keep_vectors()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no mkfifo.");
        Animals.WriteCollection(_folder.Path);
        File.AppendAllLines(_folder.File("corpus.jsonl"), Enumerable.Range(0, 5_000).Select(number =>
            Animals.Document($"d{number}", "", $"bees make honey {number}")));
        var qrels = _folder.File("qrels/test.tsv");
        var judgments = File.ReadAllText(qrels);
        File.Delete(qrels);
        Process.Start("mkfifo", [qrels]).WaitForExit();
        var result = await Tool.Search.SignalAsync("TERM", () => Send(qrels, judgments),
            "eval", "--collection", _folder.Path, "--checkpoint", fixture.Exported);
        Assert.Equal(143, result.ExitCode);
        Assert.StartsWith("Canceled. ", result.Error, StringComparison.Ordinal);
        Assert.Contains("--document-vectors and --query-vectors", result.Error, StringComparison.Ordinal);
    }

    private static bool Send(string pipe, string text)
    {
        File.WriteAllText(pipe, text); // waits until the command opens the pipe
        return true;
    }
}
