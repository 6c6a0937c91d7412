using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LuceneLsr.Files;

namespace LuceneLsr.Evaluation.Supervision;

/// <summary>
/// Writes targets as JSON lines such as <c>{"side":"query","text":"jaguar","targets":{"cat":0.61}}</c>.
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
}
