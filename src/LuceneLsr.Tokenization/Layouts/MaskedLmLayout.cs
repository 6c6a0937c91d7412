using System.Text.Json;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Layouts;

/// <summary>
/// The layout of a masked language model without further files, as SPLADE models are published, or with OpenSearch's
/// table of query weights. Logits are pooled by their maximum and saturated once.
/// </summary>
internal static class MaskedLmLayout
{
    private const string FileName = "config.json";

    private static readonly string[] Suffixes = ["ForMaskedLM", "ForPreTraining"]; // of architectures with such a head

    /// <summary>Returns whether a directory has a model with a masked-LM head.</summary>
    public static bool IsIn(string directory)
    {
        var path = Path.Combine(directory, FileName);
        return File.Exists(path) && CheckpointFile.ReadJson(path, HasHead);
    }

    /// <summary>Reads the layout of a directory.</summary>
    /// <exception cref="CheckpointException">A file is missing or malformed.</exception>
    public static CheckpointLayout Read(string directory)
    {
        var (tokenizer, table) = (TextTokenizer.Load(directory), QueryTable.TryFind(directory));
        return new CheckpointLayout(directory, tokenizer, PublicSettings.Create(
            tokenizer, InputLength.Read(directory), PerSide.Both(new SpladePooling()), table is not null))
        {
            QueryTable = table,
        };
    }

    private static bool HasHead(JsonElement config) =>
        config.ValueKind == JsonValueKind.Object && config.GetOptional("architectures") is not null
        && config.GetItems("architectures").Any(name => name.ValueKind == JsonValueKind.String
            && Suffixes.Any(suffix => name.GetString()!.EndsWith(suffix, StringComparison.Ordinal)));
}
