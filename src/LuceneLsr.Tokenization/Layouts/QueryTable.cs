using System.Globalization;
using System.Text.Json;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Tokenization.Weights;

namespace LuceneLsr.Tokenization.Layouts;

/// <summary>
/// A public model's table of query weights: OpenSearch's <c>idf.json</c> (an object of tokens and weights), its
/// <c>query_token_weights.txt</c> (a token, a tab and a weight per line), or the weights of sentence-transformers'
/// <c>SparseStaticEmbedding</c> (a vector "weight" in <c>model.safetensors</c>, indexed by token id).
/// </summary>
/// <param name="Path">The file.</param>
internal sealed record QueryTable(string Path)
{
    // OpenSearch publishes the same weights in both files.
    private static readonly string[] FileNames = ["idf.json", "query_token_weights.txt"];

    /// <summary>Finds the table of a directory, or returns null if it has none.</summary>
    public static QueryTable? TryFind(string directory) => FileNames
        .Select(name => System.IO.Path.Combine(directory, name))
        .FirstOrDefault(File.Exists) is { } path ? new QueryTable(path) : null;

    /// <summary>Reads the weight of each token. Negative weights, which learned tables can have, become 0.</summary>
    /// <exception cref="CheckpointException">The file is malformed or names an unknown token.</exception>
    public IReadOnlyDictionary<int, float> Read(TextTokenizer tokenizer)
    {
        var weights = System.IO.Path.GetExtension(Path) switch
        {
            ".safetensors" => ReadVector(tokenizer),
            ".json" => ReadTokens(CheckpointFile.ReadJson(Path, ReadObject), tokenizer),
            _ => ReadTokens(CheckpointFile.ReadLines(Path).Select(ReadLine), tokenizer),
        };
        foreach (var (token, weight) in weights)
        {
            if (!float.IsFinite(weight))
            {
                throw new CheckpointException(
                    Path, $"the weight of token '{tokenizer.GetToken(token)}' is not finite. Use another table.");
            }

            weights[token] = Math.Max(weight, 0);
        }

        return weights;
    }

    private Dictionary<int, float> ReadVector(TextTokenizer tokenizer)
    {
        var weights = StoredVector.Read(Path, "weight");
        if (weights.Length > tokenizer.VocabularySize)
        {
            throw new CheckpointException(Path,
                $"there are {weights.Length} weights, but the tokenizer has {tokenizer.VocabularySize} tokens. Use the "
                + "table made for it.");
        }

        return weights.Index().ToDictionary(entry => entry.Index, entry => entry.Item);
    }

    private static List<(string Token, float Weight)> ReadObject(JsonElement root)
    {
        Require.Data(root.ValueKind == JsonValueKind.Object, "expected an object of tokens and weights");
        return [.. root.EnumerateObject().Select(entry =>
        {
            Require.Field(entry.Value.ValueKind == JsonValueKind.Number && entry.Value.TryGetSingle(out _), entry.Name,
                "its weight is not a number");
            return (entry.Name, entry.Value.GetSingle());
        })];
    }

    private (string Token, float Weight) ReadLine(string line, int index) =>
        line.LastIndexOf('\t') is > 0 and var tab
        && float.TryParse(line.AsSpan(tab + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var weight)
            ? (line[..tab], weight)
            : throw new CheckpointException($"{Path}, line {index + 1}", "expected a token, a tab and a weight.");

    private Dictionary<int, float> ReadTokens(
        IEnumerable<(string Token, float Weight)> entries, TextTokenizer tokenizer)
    {
        var ids = Enumerable.Range(0, tokenizer.VocabularySize).Where(id => tokenizer.GetToken(id) is not null)
            .ToDictionary(id => tokenizer.GetToken(id)!, StringComparer.Ordinal);
        var weights = new Dictionary<int, float>();
        foreach (var (token, weight) in entries)
        {
            if (!ids.TryGetValue(token, out var id))
            {
                throw new CheckpointException(
                    Path, $"'{token}' is not a token of the tokenizer. Use the table made for it.");
            }

            if (!weights.TryAdd(id, weight))
            {
                throw new CheckpointException(Path, $"duplicate token '{token}'. Tokens must be unique.");
            }
        }

        return weights;
    }
}
