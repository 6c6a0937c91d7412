using System.Diagnostics;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using LuceneLsr.Indexing;
using LuceneLsr.Tools.Soak.Processes;
using FileSystem = System.IO.Directory;

namespace LuceneLsr.Tools.Soak.Scenarios;

/// <summary>
/// lsr-search replaces an index by one of another encoder. The index must be that of the former encoder, complete, or
/// that of the new one.
/// </summary>
/// <param name="folder">The folder for everything of this scenario.</param>
internal sealed class UpgradeScenario(string folder) : Scenario("encoder upgrade")
{
    private const int Texts = 60;
    private const string Contents = "contents";

    private static readonly float[] Factors = [50, 40]; // of two encoders that differ in nothing else

    private readonly Dictionary<float, string> _expected = [];
    private TimeSpan _lifetime;
    private float _factor = Factors[0];

    public override TimeSpan Lifetime => _lifetime;

    private string Index => Path.Combine(folder, "index");

    private string Collection => Path.Combine(folder, "collection");

    public override void Prepare(CancellationToken cancellationToken)
    {
        FileSystem.CreateDirectory(Collection);
        Programs.WriteDocuments(Path.Combine(Collection, "corpus.jsonl"), Texts);
        foreach (var factor in Factors)
        {
            CreateCheckpoint(factor);
            _lifetime = Victim.Run(CreateStartInfo(factor), cancellationToken).Lifetime;
            _factor = factor;
            _expected[factor] = ReadImpacts().Impacts;
        }
    }

    public override ProcessStartInfo CreateStartInfo() =>
        CreateStartInfo(Factors.Single(factor => !factor.Equals(_factor)));

    public override Victim Finish(CancellationToken cancellationToken) =>
        Victim.Run(CreateStartInfo(), cancellationToken);

    public override long Check(Victim victim, Random random)
    {
        var former = _factor;
        (_factor, var impacts, var documents) = ReadImpacts();
        if (impacts != _expected[_factor])
        {
            throw new InvalidOperationException($"the index of the encoder with factor {_factor} has other impacts");
        }

        return victim.IsKilled || victim.ExitCode != 0 || !_factor.Equals(former)
            ? documents
            : throw new InvalidOperationException("the index is that of the former encoder");
    }

    private ProcessStartInfo CreateStartInfo(float factor) => Programs.Search(
        "index", "--collection", Collection, "--checkpoint", GetCheckpoint(factor), "--index", Index, "--threads", "1");

    private string GetCheckpoint(float factor) => Path.Combine(folder, $"checkpoint-{factor}");

    private void CreateCheckpoint(float factor)
    {
        var target = FileSystem.CreateDirectory(GetCheckpoint(factor)).FullName;
        foreach (var file in FileSystem.EnumerateFiles(Programs.BuiltInCheckpoint).Where(file => !IsSettings(file)))
        {
            File.CreateSymbolicLink(Path.Combine(target, Path.GetFileName(file)), file); // a small disk has no space
        }

        var settings = FileSystem.EnumerateFiles(Programs.BuiltInCheckpoint).Single(IsSettings);
        File.WriteAllText(
            Path.Combine(target, Path.GetFileName(settings)),
            File.ReadAllText(settings).Replace(
                "\"impact_factor\": 50", $"\"impact_factor\": {factor}", StringComparison.Ordinal));
    }

    // All postings, as text: the index is small.
    private (float Factor, string Impacts, int Documents) ReadImpacts()
    {
        using var directory = FSDirectory.Open(Index);
        if (!new CheckIndex(directory).DoCheckIndex().Clean)
        {
            throw new InvalidOperationException("CheckIndex finds faults");
        }

        using var reader = DirectoryReader.Open(directory);
        var factor = LsrIndexStamp.Read(reader, Contents)!.Scale.Factor;
        return (factor, string.Join('\n', ReadTerms(reader)), reader.NumDocs);
    }

    private static bool IsSettings(string file) => Path.GetFileName(file) == "lsr.json";

    private static IEnumerable<string> ReadTerms(DirectoryReader reader)
    {
        var terms = MultiFields.GetTerms(reader, Contents).GetEnumerator();
        while (terms.MoveNext())
        {
            var postings = terms.Docs(null, null);
            var impacts = new List<string>();
            while (postings.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
            {
                impacts.Add($"{postings.DocID}:{postings.Freq}");
            }

            yield return $"{terms.Term.Utf8ToString()} {string.Join(' ', impacts)}";
        }
    }
}
