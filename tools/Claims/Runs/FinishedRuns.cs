using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Tools.Claims.Runs;

/// <summary>
/// The finished runs of a command in its output folder, so that a stopped command goes on where it was.
/// </summary>
internal sealed class FinishedRuns
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // a run that collapsed has no loss
    };

    private readonly string _path;
    private readonly string _settings;
    private readonly List<VariantRun> _runs;

    private FinishedRuns(string path, string settings, List<VariantRun> runs) =>
        (_path, _settings, _runs) = (path, settings, runs);

    /// <summary>Reads the runs of a folder, if there are any.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="settings">The settings that all runs share. Runs with others are refused.</param>
    /// <exception cref="InvalidDataException">
    /// The folder has runs with other settings, or the file is damaged.
    /// </exception>
    public static FinishedRuns Open(string folder, params IEnumerable<string> settings)
    {
        var path = Path.Combine(folder, "variants.jsonl");
        var fingerprint = Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', settings))));
        return new(path, fingerprint, File.Exists(path) ? [.. Read(path, fingerprint)] : []);
    }

    /// <summary>Finds a run, or returns null if it is not finished.</summary>
    public VariantRun? Find(AttentionVariant variant, bool isAdapted, int seed) =>
        _runs.Find(run => (run.Variant, run.IsAdapted, run.Seed) == (variant, isAdapted, seed));

    /// <summary>Adds a run, also to the file.</summary>
    public VariantRun Add(VariantRun run)
    {
        _runs.Add(run);
        File.AppendAllText(_path, JsonSerializer.Serialize(new Entry(_settings, run), Json) + "\n");
        return run;
    }

    private static IEnumerable<VariantRun> Read(string path, string settings)
    {
        foreach (var (index, line) in File.ReadLines(path).Index())
        {
            var entry = Parse(line) ?? throw new InvalidDataException(
                $"{path}, line {index + 1}: not a run of this command. Delete the line to repeat the run.");
            yield return entry.Settings == settings
                ? entry.Run
                : throw new InvalidDataException(
                    $"{path}, line {index + 1}: the run has other settings. Choose another --out, or delete the file.");
        }
    }

    private static Entry? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Entry>(line, Json) is { Settings: not null, Run.Figures: not null } entry
                ? entry
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Entry(string Settings, VariantRun Run);
}
