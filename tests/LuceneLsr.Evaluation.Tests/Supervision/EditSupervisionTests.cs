using LuceneLsr.Edits;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Supervision;
using LuceneLsr.Evaluation.Tests.Support;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Evaluation.Tests.Supervision;

public sealed class EditSupervisionTests : IDisposable
{
    private static readonly RelevanceRules Rules = new(
    [
        new QueryRule { Id = "1", QueryTerms = ["jaguar"], QueryText = "jaguar=1 cat=2", Term = "cat", Factor = 0.5f },
        new QueryRule { Id = "2", QueryTerms = ["apple"], QueryText = "apple=1", Term = "fruit", Factor = 0 },
        new QueryRule { Id = "3", QueryTerms = ["ssl"], QueryText = "ssl=1", Term = "tls", Impact = 80 },
        new QueryRule { Id = "4", QueryTerms = ["ssl"], QueryText = "ssl=1", Term = "untrained", Impact = 80 },
        new QueryRule { Id = "5", QueryTerms = ["off"], Term = "cat", Impact = 80, IsEnabled = false },
        new DocumentRule { Id = "6", DocumentId = "42", Term = "gdpr", Impact = 150 },
        new DocumentRule { Id = "7", DocumentId = "42", Term = "cat", Impact = -900 },
        new DocumentRule { Id = "8", DocumentId = "42", Term = "dog", Impact = 1, Field = "other" },
    ]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The scale has 100 impacts per unit of weight.</summary>
    [Fact]
    public void Targets_are_edited_weights_of_texts_that_rules_apply_to()
    {
        Assert.Equal(
            [
                "query jaguar=1 cat=2: cat 1", "query ssl=1: tls 0.8", "query apple=1 fruit=3: fruit 0",
                "query jaguar=1 cat=1.21: cat 0.61",
            ],
            Create(TextSide.Query).CreateQueryTargets(
                    ["apple=1 fruit=3", "jaguar=1 cat=1.21", "off=1", "jaguar=1 cat=1.21"],
                    TestContext.Current.CancellationToken)
                .Select(Format));
        Assert.Equal(
            ["document law=1 gdpr=0.5 cat=2: cat 0, gdpr 2"],
            Create(TextSide.Document).CreateDocumentTargets(
                    [new("41", "", "cat=1"), new("42", "", "law=1 gdpr=0.5 cat=2")],
                    TestContext.Current.CancellationToken)
                .Select(Format));
    }

    [Fact]
    public void File_has_one_object_per_line()
    {
        var file = _folder.File("targets.jsonl");
        var lines = TermTargetsFile.Write(file,
        [
            new(TextSide.Query, "jaguar", new Dictionary<string, float> { ["cat"] = 0.61f }),
            new(TextSide.Document, "a \"é\"", new Dictionary<string, float> { ["x"] = 0, ["y"] = 2 }),
        ]);
        Assert.Equal(2, lines);
        Assert.Equal(
            """
            {"side":"query","text":"jaguar","targets":{"cat":0.61}}
            {"side":"document","text":"a \"é\"","targets":{"x":0,"y":2}}
            """.ReplaceLineEndings("\n") + "\n",
            File.ReadAllText(file));
    }

    private static EditSupervision Create(TextSide side) => new(
        Rules, "contents", new TermListEncoder(side), new ImpactScale(100),
        new HashSet<string> { "cat", "fruit", "tls", "gdpr", "dog" });

    private static string Format(TermTargets targets) =>
        $"{targets.Side.ToString().ToLowerInvariant()} {targets.Text}: " + string.Join(
            ", ", targets.Targets.OrderBy(target => target.Key, StringComparer.Ordinal)
                .Select(target => FormattableString.Invariant($"{target.Key} {target.Value}")));
}
