using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsCheck;
using LuceneLsr.Files;

namespace LuceneLsr.Core.Tests.Files;

/// <summary>Objects in any layout, read in parts of any length, equal those that were written.</summary>
public sealed class JsonObjectsTests
{
    private static readonly Gen<string> Text =
        Gen.String[Gen.Char["ab \"\\\n{}[],:é漢"], 0, 12].Select(text => text + "😀");

    private static readonly Gen<Dictionary<string, object>> Object = Gen.Dictionary(
        Text, Gen.OneOf(Text.Select(ToObject), Gen.Int.Select(ToObject), Text.Array[0, 3].Select(ToObject)))[0, 3];

    private static readonly Gen<string> Part = Gen.Select(
        Object.Array[0, 4], Gen.Bool, Gen.Bool, Gen.OneOf("\n", "\r\n", "\n\n", " "),
        (objects, isArray, isIndented, end) =>
        {
            var options = new JsonSerializerOptions
            {
                WriteIndented = isIndented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            };
            return isArray
                ? JsonSerializer.Serialize(objects, options) + end
                : string.Concat(objects.Select(item => JsonSerializer.Serialize(item, options) + end));
        });

    [Fact]
    public void Read_in_parts_of_any_length_finds_each_object_and_its_line() =>
        Gen.Select(Part.Array[0, 4], Gen.Int[1, 9]).Sample((parts, length) =>
        {
            var text = string.Concat(parts);
            var objects = JsonObjects.Read(new SlowReader(text, length), "text").ToList();
            Assert.Equal(ParseAll(text), objects.Select(found => Normalize(JsonElement.Parse(found.Text))));
            var lines = text.Split('\n');
            Assert.All(objects, found => Assert.Contains(
                found.Text.Split('\n')[0].TrimEnd('\r'), lines[found.Number - 1], StringComparison.Ordinal));
        });

    // Top-level values, one by one, with the elements of arrays.
    private static IEnumerable<string> ParseAll(string text)
    {
        var values = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(
            new MemoryStream(Encoding.UTF8.GetBytes(text)), topLevelValues: true).ToBlockingEnumerable();
        return values
            .SelectMany(value => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value])
            .Select(Normalize);
    }

    private static object ToObject<T>(T value) => value!;

    private static string Normalize(JsonElement element) => JsonSerializer.Serialize(element);

    /// <summary>Returns at most a few characters at a time.</summary>
    private sealed class SlowReader(string text, int length) : StringReader(text)
    {
        public override int Read(char[] buffer, int index, int count) =>
            base.Read(buffer, index, Math.Min(count, length));
    }
}
