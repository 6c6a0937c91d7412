using System.Diagnostics;
using LuceneLsr.Tools.Soak.Processes;

namespace LuceneLsr.Tools.Soak.Scenarios;

/// <summary>lsr-search encodes the first texts of the built-in collection with the built-in checkpoint.</summary>
internal sealed class EncodeScenario(string folder) : FileScenario("encode", folder)
{
    private const int Texts = 200;

    private string Input => Path.Combine(Folder, "corpus.jsonl");

    public override void Prepare(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        Programs.WriteDocuments(Input, Texts);
        base.Prepare(cancellationToken);
    }

    protected override ProcessStartInfo CreateStartInfo(string output) =>
        Programs.Search("encode", "--input", Input, "--output", GetResult(output), "--threads", "1");

    protected override string GetResult(string output) => $"{output}.jsonl";

    protected override void Delete(string output) => File.Delete(GetResult(output));
}
