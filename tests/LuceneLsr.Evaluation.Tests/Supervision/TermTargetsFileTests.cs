using LuceneLsr.TestSupport;
using LuceneLsr.Evaluation.Supervision;

namespace LuceneLsr.Evaluation.Tests.Supervision;

public sealed class TermTargetsFileTests : IDisposable
{
    private static readonly HashSet<string> Terms = ["cat", "dog"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_returns_texts_with_their_targets()
    {
        var path = _folder.WriteLines(
            "targets.jsonl",
            """{"side": "query", "text": "jaguar", "targets": {"cat": 0.61, "dog": 0}}""",
            """{"side": "document", "text": "A cat.", "targets": {"cat": 2}}""");
        var texts = TermTargetsFile.Read(path, Terms);
        Assert.Equal(
            [(TextSide.Query, "jaguar"), (TextSide.Document, "A cat.")], texts.Select(text => (text.Side, text.Text)));
        Assert.Equal(new Dictionary<string, float> { ["cat"] = 0.61f, ["dog"] = 0 }, texts[0].Targets);
        Assert.Equal(new Dictionary<string, float> { ["cat"] = 2 }, texts[1].Targets);
    }

    [Theory]
    [InlineData("""{"side": "both", "text": "a", "targets": {"cat": 1}}""", "side is 'both'. It must be query or")]
    [InlineData("""{"text": "a", "targets": {"cat": 1}}""", "field \"side\" is missing")]
    [InlineData("""{"side": "query", "text": " ", "targets": {"cat": 1}}""", "needs a text and at least one target")]
    [InlineData("""{"side": "query", "text": "a", "targets": {}}""", "needs a text and at least one target")]
    [InlineData("""{"side": "query", "text": "a"}""", "needs a text and at least one target")]
    [InlineData("""{"side": "query", "text": "a", "targets": [1]}""", "field \"targets\" is a JSON Array")]
    [InlineData("""{"side": "query", "text": "a", "targets": {"bird": 1}}""", "'bird' is not a term of the model's")]
    [InlineData("""{"side": "query", "text": "a", "targets": {"cat": 1, "cat": 2}}""", "'cat' has two targets")]
    [InlineData("""{"side": "query", "text": "a", "targets": {"cat": -1}}""", "the target of 'cat' is -1. It must be")]
    [InlineData("""{"side": "query", "text": "a", "targets": {"cat": 1e99}}""", "the target of 'cat' is 1e99. It mu")]
    [InlineData("""{"side": "query", "text": "a", "targets": {"cat": "1"}}""", "the target of 'cat' is \"1\". It mu")]
    public void Read_of_malformed_line_names_file_and_line(string line, string problem)
    {
        var path = _folder.WriteLines(
            "targets.jsonl", """{"side": "query", "text": "jaguar", "targets": {"cat": 1}}""", line);
        var error = Assert.Throws<InvalidDataException>(() => TermTargetsFile.Read(path, Terms));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("2", error.Message.Replace(path, "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_returns_what_was_written()
    {
        var path = _folder.File("targets.jsonl");
        var line = new TermTargets(TextSide.Document, "Was \"ist\" das?", new Dictionary<string, float> { ["cat"] = 0.25f });
        Assert.Equal(1, TermTargetsFile.Write(path, [line]));
        var read = Assert.Single(TermTargetsFile.Read(path, Terms));
        Assert.Equal((line.Side, line.Text), (read.Side, read.Text));
        Assert.Equal(line.Targets, read.Targets);
    }

    [Fact]
    public void Read_of_empty_file_fails() => Assert.EndsWith(
        "has no term targets.",
        Assert.Throws<InvalidDataException>(
            () => TermTargetsFile.Read(_folder.Write("targets.jsonl", ""), Terms)).Message,
        StringComparison.Ordinal);
}
