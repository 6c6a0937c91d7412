using System.Text.Json;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Layouts;

/// <summary>The texts that a sentence-transformers model puts before queries and documents.</summary>
/// <param name="Path">The file.</param>
/// <param name="Texts">The text of each side, empty for none.</param>
internal sealed record Prompts(string Path, PerSide<string> Texts)
{
    private const string FileName = "config_sentence_transformers.json";
    private const string Probe = "x";

    private static readonly PerSide<string[]> Names = new(["query"], ["document", "passage", "corpus"]);

    /// <summary>Reads the prompts of a directory, empty if there is no file.</summary>
    /// <exception cref="CheckpointException">
    /// The file is malformed, queries that get weights from a table have a prompt, or vectors are compared by another
    /// function than the dot product.
    /// </exception>
    public static Prompts Read(string directory, bool hasQueryTable)
    {
        var path = System.IO.Path.Combine(directory, FileName);
        return new Prompts(
            path, File.Exists(path) ? CheckpointFile.ReadJson(path, root => Read(root, hasQueryTable)) : new("", ""));
    }

    /// <summary>Sets the prompts as prefixes, whose tokens are taken from the maximum of the text.</summary>
    /// <exception cref="CheckpointException">The tokenizer joins a prompt with the text.</exception>
    public LsrSettings ApplyTo(LsrSettings settings, TextTokenizer tokenizer) => settings with
    {
        Prefix = Texts,
        MaxTokens = new(
            settings.MaxTokens.Query - CountTokens(Texts.Query, tokenizer),
            settings.MaxTokens.Document - CountTokens(Texts.Document, tokenizer)),
    };

    private int CountTokens(string prompt, TextTokenizer tokenizer)
    {
        var tokens = tokenizer.Encode(prompt);
        return tokenizer.Encode(prompt + Probe).SequenceEqual([.. tokens, .. tokenizer.Encode(Probe)])
            ? tokens.Count
            : throw new CheckpointException(
                Path, $"field 'prompts': the tokenizer joins '{prompt}' with the text, which is not supported.");
    }

    private static PerSide<string> Read(JsonElement root, bool hasQueryTable)
    {
        Require.Data(root.ValueKind == JsonValueKind.Object, "expected a JSON object");
        var similarity = root.GetOptional("similarity_fn_name") is null ? "dot" : root.GetText("similarity_fn_name");
        Require.Field(similarity == "dot", "similarity_fn_name", similarity, "only 'dot' is supported");
        var prompts = new PerSide<string>(Find(root, Names.Query), Find(root, Names.Document));
        Require.Field(!hasQueryTable || prompts.Query.Length == 0, "prompts",
            "a prompt for queries is not supported if their weights come from a table");
        return prompts;
    }

    private static string Find(JsonElement root, IEnumerable<string> names)
    {
        if (root.GetOptional("prompts") is not { } prompts)
        {
            return "";
        }

        string[] defaultName =
            root.GetOptional("default_prompt_name") is null ? [] : [root.GetText("default_prompt_name")];
        var found = names.Concat(defaultName).FirstOrDefault(name => prompts.GetOptional(name) is not null);
        return found is null ? "" : prompts.GetText(found);
    }
}
