using LuceneLsr.Files;
using LuceneLsr.TestSupport;
using LuceneLsr.VectorFiles.Formats;
using LuceneLsr.VectorFiles.Parts;

namespace LuceneLsr.VectorFiles.Tests.Parts;

public sealed class VectorFilePartsTests : IDisposable
{
    private static readonly TextRecord[] Texts =
        [.. Enumerable.Range(1, 8).Select(number => new TextRecord($"d{number}", $"text {number}"))];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<IVectorFormat> Formats =>
    [
        new AnseriniFormat(), new BulkFormat(null, "id"), new SparseVectorQueryFormat(null, "v"),
        new RankFeatureQueryFormat(null, "v"), new AnseriniTopicsFormat(ImpactScale.Identity),
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".jsonl")]
    [InlineData(".jsonl.gz")]
    public void Parts_in_any_order_join_to_all_texts(string extension)
    {
        string[] files = [.. Enumerable.Range(1, 3).Select(number => Encode(number, 3, $"part-{number}{extension}"))];
        var parts = Check(files[2], files[0], files[1], files[0] + ".manifest.json");
        Assert.Empty(parts.Problems);
        Assert.Equal(["1/3", "2/3", "3/3"], parts.Parts.Select(part => part.Shard));
        Assert.Equal(8, parts.Texts);
        var joined = _folder.File("whole" + extension);
        parts.Join(joined);
        Assert.Equal(
            ["d1", "d4", "d7", "d2", "d5", "d8", "d3", "d6"],
            AnseriniVectors.ReadFile(joined).Select(record => record.Id));
    }

    [Fact]
    public void Missing_part_is_named_with_its_remedy()
    {
        var parts = Check(Encode(1, 3), Encode(3, 3));
        Assert.Contains("--shard 2/3", Assert.Single(parts.Problems), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => parts.Join(_folder.File("whole.jsonl")));
        Assert.False(File.Exists(_folder.File("whole.jsonl")));
    }

    [Fact]
    public void Shard_of_two_machines_is_reported_once_as_twice_there() => AssertProblems(
        [Encode(1, 2, "a.jsonl"), Encode(1, 2, "b.jsonl"), Encode(2, 2)], "Shard 1/2 is there 2 times");

    [Fact]
    public void Other_settings_are_reported_by_name_and_value() => AssertProblems(
        [Encode(1, 2), Encode(2, 2, settings: "Int8")], "--precision Int8, but");

    [Fact]
    public void Shards_of_different_divisions_are_reported() =>
        AssertProblems([Encode(1, 2), Encode(2, 3)], "into 2 and 3 shards");

    [Fact]
    public void Shard_of_another_input_is_reported_by_its_count()
    {
        var other = Texts.Select(text => text with { Id = "x" + text.Id }).Take(3);
        AssertProblems([Encode(1, 2), Encode(2, 2, texts: other)], "has 4 texts, but shard 1/2 of an input of 5 has 3",
            "has 1 texts, but shard 2/2 of an input of 5 has 2");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Id_in_two_parts_is_reported_in_every_format(IVectorFormat format)
    {
        TextRecord[] texts = [.. Texts[..3], Texts[0]];
        AssertProblems(
            [Encode(1, 2, texts: texts, format: format), Encode(2, 2, texts: texts, format: format)], "duplicate id 'd1'");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Damaged_part_is_reported(int added)
    {
        string first = Encode(1, 2), second = Encode(2, 2);
        using (var file = File.OpenWrite(second))
        {
            file.SetLength(file.Length + added);
        }

        AssertProblems([first, second], $"{second} is not the file of its manifest");
    }

    [Fact]
    public void Part_with_one_changed_byte_is_reported()
    {
        string first = Encode(1, 2), second = Encode(2, 2);
        File.WriteAllText(second, File.ReadAllText(second).Replace("text 2", "text 9", StringComparison.Ordinal));
        AssertProblems([first, second], $"{second} is not the file of its manifest");
    }

    [Fact]
    public void Part_without_or_with_malformed_manifest_is_reported()
    {
        string first = Encode(1, 2), second = Encode(2, 2);
        File.WriteAllText(second + ".manifest.json", "{}");
        AssertProblems([first, second], "malformed manifest", "Shard 2/2 is missing");
        File.Delete(second + ".manifest.json");
        AssertProblems([first, second], $"{second} has no manifest", "Shard 2/2 is missing");
        AssertProblems([first, _folder.File("nowhere.jsonl")], "does not exist", "Shard 2/2 is missing");
    }

    [Fact]
    public void Interrupted_part_is_reported_as_incomplete()
    {
        var first = Encode(1, 2);
        var second = _folder.File("part-2.jsonl");
        Assert.Throws<InvalidDataException>(() => Encode(2, 2, texts: Fail()));
        AssertProblems([first, second + ".partial", second + ".journal"], $"{second} is incomplete", "Shard 2/2 is missing");
        AssertProblems([first, Encode(2, 2)]);

        static IEnumerable<TextRecord> Fail()
        {
            foreach (var text in Texts)
            {
                yield return text.Id == "d7" ? throw new InvalidDataException("broken") : text;
            }
        }
    }

    [Fact]
    public void Whole_file_has_no_manifest_and_removes_that_of_an_earlier_shard()
    {
        var path = Encode(1, 2, "a.jsonl");
        Assert.True(File.Exists(path + ".manifest.json"));
        Encode(1, 1, "a.jsonl");
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Join_into_a_part_or_with_other_compression_is_refused()
    {
        string first = Encode(1, 2), second = Encode(2, 2);
        var before = File.ReadAllText(first);
        Assert.Throws<ArgumentException>(() => Check(first, second).Join(first));
        Assert.Throws<ArgumentException>(() => Check(first, second).Join(_folder.File("whole.jsonl.gz")));
        Assert.Equal(before, File.ReadAllText(first));
        Assert.Throws<ArgumentException>(() => Check());
    }

    private static VectorFileParts Check(params string[] paths) =>
        VectorFileParts.Check(paths, TestContext.Current.CancellationToken);

    private static void AssertProblems(string[] paths, params string[] expected)
    {
        var problems = Check(paths).Problems;
        Assert.Equal(expected.Length, problems.Count);
        Assert.All(expected, part => Assert.Contains(
            problems, problem => problem.Contains(part, StringComparison.Ordinal)));
    }

    private string Encode(
        int number, int count, string? name = null, string settings = "Float32", IEnumerable<TextRecord>? texts = null,
        IVectorFormat? format = null)
    {
        var shard = new Shard(number, count);
        var path = _folder.File(name ?? $"part-{number}.jsonl");
        using var encoder = new OneTermEncoder();
        new VectorFileEncoder(encoder, TextSide.Document, format ?? new AnseriniFormat())
        {
            ChunkSize = 2,
            Shard = shard,
            Settings = new Dictionary<string, string> { ["--precision"] = settings },
        }.Encode(
            (texts ?? Texts).Where((_, index) => shard.Contains(index)), path,
            cancellationToken: TestContext.Current.CancellationToken);
        return path;
    }

    private sealed class OneTermEncoder : ISparseEncoder
    {
        public string VocabularyId => "one";

        public IReadOnlyList<SparseVector> Encode(
            IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default) =>
            [.. texts.Select(text => new SparseVector([new("id", text.Length)]))];

        public void Dispose()
        {
        }
    }
}
