using System.Text.Json.Nodes;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Tests.Tokenizers;

/// <summary>
/// RoBERTa's tokenizer is GPT-2's with special tokens around a text. Hence the expected ids are those of GPT-2 (see
/// Reference/Families/README.md).
/// </summary>
public class RobertaTests
{
    private const int Size = 50_265; // RoBERTa's tokens, whose last five are special here

    private static readonly string[] SpecialTokens = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"];

    [Theory]
    [InlineData("gpt2", null)]
    [InlineData("gpt2", """{"tokenizer_class": "RobertaTokenizer", "add_prefix_space": false}""")]
    [InlineData("gpt2_prefixed", """{"add_prefix_space": true}""")]
    public void Encode_with_vocabulary_and_merges_matches_reference_implementation(string variant, string? config)
    {
        using var folder = new TemporaryFolder();
        WriteVocabularyAndMerges(folder);
        if (config is not null)
        {
            folder.Write("tokenizer_config.json", config);
        }

        var tokenizer = TextTokenizer.Load(folder.Path);
        Assert.All(
            ModelFamilyTokenizer.Texts.Zip(ModelFamilyTokenizer.GetExpectedIds(variant)),
            row => Assert.Equal(row.Second, tokenizer.Encode(row.First)));
        AssertSpecialTokens(tokenizer);
    }

    [Fact]
    public void Encode_with_tokenizer_json_matches_reference_implementation()
    {
        var json = Gpt2();
        json["added_tokens"] = new JsonArray([.. SpecialTokens.Index().Select(token => new JsonObject
        {
            ["id"] = Size - SpecialTokens.Length + token.Index,
            ["content"] = token.Item,
            ["lstrip"] = token.Item == "<mask>",
            ["special"] = true,
        })]);
        json["post_processor"] = JsonNode.Parse(
            $$"""
            {"type": "RobertaProcessing", "sep": ["</s>", {{Size - 3}}], "cls": ["<s>", {{Size - 5}}],
             "trim_offsets": true, "add_prefix_space": false}
            """);
        json["model"]!.AsObject().Remove("type"); // as in roberta-base
        var tokenizer = ReferenceTokenizer.Parse(json.ToJsonString());
        Assert.All(
            ModelFamilyTokenizer.Texts.Zip(ModelFamilyTokenizer.GetExpectedIds("gpt2")),
            row => Assert.Equal(row.Second, tokenizer.Encode(row.First)));
        AssertSpecialTokens(tokenizer);
    }

    [Theory]
    [InlineData("#version: 0.2\na b c\n", "merges.txt: line 2")]
    [InlineData("zz zz\n", "merges.txt: vocabulary and merges do not match")]
    public void Load_malformed_merges_throws_naming_line(string merges, string expected)
    {
        using var folder = new TemporaryFolder();
        WriteVocabularyAndMerges(folder);
        folder.Write("merges.txt", merges);
        Assert.Contains(
            expected, Assert.Throws<CheckpointException>(() => TextTokenizer.Load(folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_without_merges_throws_naming_file()
    {
        using var folder = new TemporaryFolder();
        WriteVocabularyAndMerges(folder);
        File.Delete(folder.File("merges.txt"));
        var message = Assert.Throws<CheckpointException>(() => TextTokenizer.Load(folder.Path)).Message;
        Assert.StartsWith(folder.File("merges.txt"), message, StringComparison.Ordinal);
    }

    private static JsonNode Gpt2()
    {
        using var folder = new TemporaryFolder();
        ModelFamilyTokenizer.Write("gpt2", folder);
        return JsonNode.Parse(File.ReadAllText(folder.File(TextTokenizer.FileName)))!;
    }

    private static void WriteVocabularyAndMerges(TemporaryFolder folder)
    {
        var model = Gpt2()["model"]!;
        var vocabulary = model["vocab"]!.AsObject();
        foreach (var (index, token) in SpecialTokens.Index())
        {
            vocabulary[token] = Size - SpecialTokens.Length + index;
        }

        folder.Write("vocab.json", vocabulary.ToJsonString());
        folder.Write("merges.txt", "#version: 0.2\n" + string.Concat(
            model["merges"]!.AsArray().Select(merge => merge!.GetValue<string>() + "\n")));
    }

    private static void AssertSpecialTokens(TextTokenizer tokenizer)
    {
        Assert.Equal([Size - 5], tokenizer.Template.Before);
        Assert.Equal([Size - 3], tokenizer.Template.After);
        Assert.Equal(Size, tokenizer.VocabularySize);
        Assert.Equal(SpecialTokens, Enumerable.Range(Size - 5, 5).Select(tokenizer.GetToken));
        Assert.All(Enumerable.Range(Size - 5, 5), id => Assert.Null(tokenizer.GetSurface(id)));
    }
}
