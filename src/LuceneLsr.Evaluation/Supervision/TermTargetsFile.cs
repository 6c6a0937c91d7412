using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LuceneLsr.Files;

namespace LuceneLsr.Evaluation.Supervision;

/// <summary>
/// Reads and writes targets as JSON lines such as <c>{"side":"query","text":"jaguar","targets":{"cat":0.61}}</c>.
/// </summary>
public static class TermTargetsFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a file as a whole: it appears, or is replaced, when it is complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="targets">The targets, enumerated once.</param>
    /// <returns>The number of lines.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static int Write(string path, IEnumerable<TermTargets> targets)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(targets);
        var lines = 0;
        AtomicFile.Write(path, file =>
        {
            foreach (var target in targets)
            {
                JsonSerializer.Serialize(file, target, Json);
                file.WriteByte((byte)'\n');
                lines++;
            }
        });
        return lines;
    }

    /// <summary>Reads a JSONL file of {"side": "query", "text": "...", "targets": {"term": 0.5}}.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trainable">The terms that may have a target.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">A line is malformed, or the file is empty.</exception>
    public static IReadOnlyList<TermTargets> Read(string path, IReadOnlySet<string> trainable)
    {
        ArgumentNullException.ThrowIfNull(trainable);
        TermTargets[] texts = [.. JsonLines.Read(path).Select(record => Parse(record, trainable))];
        return texts.Length > 0 ? texts : throw new InvalidDataException($"{path} has no term targets.");
    }

    private static TermTargets Parse(JsonRecord record, IReadOnlySet<string> trainable)
    {
        var text = record.GetText("text");
        JsonProperty[] targets = [.. record.Find("targets", JsonValueKind.Object)?.EnumerateObject() ?? default];
        if (string.IsNullOrWhiteSpace(text) || targets.Length == 0)
        {
            throw record.CreateError("the line needs a text and at least one target. Fill them in, or remove the line.");
        }

        var weights = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var target in targets)
        {
            if (!trainable.Contains(target.Name))
            {
                throw record.CreateError(
                    $"'{target.Name}' is not a term of the model's head, so its weight cannot be trained. Remove it.");
            }

            if (!weights.TryAdd(target.Name, ParseWeight(record, target)))
            {
                throw record.CreateError($"'{target.Name}' has two targets. Keep one.");
            }
        }

        return new TermTargets(ParseSide(record), text, weights);
    }

    private static TextSide ParseSide(JsonRecord record) => record.GetText("side") switch
    {
        "query" => TextSide.Query,
        "document" => TextSide.Document,
        var other => throw record.CreateError($"side is '{other}'. It must be query or document."),
    };

    private static float ParseWeight(JsonRecord record, JsonProperty target) =>
        target.Value.ValueKind == JsonValueKind.Number && target.Value.TryGetSingle(out var weight)
        && float.IsFinite(weight) && weight >= 0
            ? weight
            : throw record.CreateError(
                $"the target of '{target.Name}' is {target.Value.GetRawText()}. It must be a number of at least 0.");
}
