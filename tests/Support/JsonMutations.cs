using System.Text.Json.Nodes;

namespace LuceneLsr.TestSupport;

/// <summary>Damages a JSON text in one place after another: what a reader must survive or refuse by name.</summary>
public static class JsonMutations
{
    private const string Hole = "\"@hole@\"";
    private const int MostMembers = 24; // of one object; the others are like these
    private const int MostItems = 3;    // of one array

    private static readonly string[] Values =
    [
        "null", "true", "\"text\"", "\"\"", "\"\\ud800\"", "[]", "[null]", "[[1, 2], 3]", "{}", "{\"a\": null}",
        "-1", "0", "1", "1.5", "1e999", "99999999999999999999",
    ];

    /// <summary>
    /// The text with each value in turn replaced by values of every kind, and each member in turn left out.
    /// </summary>
    public static IEnumerable<string> Of(string json) => Values
        .Concat(Holes(json).SelectMany(holed =>
            Values.Select(value => holed.Replace(Hole, value, StringComparison.Ordinal))))
        .Concat(Omissions(json));

    /// <summary>The text with one member set to a raw JSON value, or left out if that is null.</summary>
    public static string With(string json, string member, string? value)
    {
        var root = JsonNode.Parse(json)!.AsObject();
        root.Remove(member);
        if (value is not null)
        {
            root[member] = "@hole@";
        }

        return root.ToJsonString().Replace(Hole, value, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Holes(string json)
    {
        var root = JsonNode.Parse(json)!;
        foreach (var child in Descendants(root).ToList())
        {
            JsonNode hole = JsonValue.Create("@hole@");
            child.ReplaceWith(hole);
            yield return root.ToJsonString();
            hole.ReplaceWith(child);
        }
    }

    private static IEnumerable<string> Omissions(string json)
    {
        var count = Members(JsonNode.Parse(json)!).Count();
        for (var index = 0; index < count; index++)
        {
            var root = JsonNode.Parse(json)!;
            var (parent, name) = Members(root).ElementAt(index);
            parent.Remove(name);
            yield return root.ToJsonString();
        }
    }

    private static IEnumerable<JsonNode> Descendants(JsonNode node) =>
        Children(node).SelectMany(child => Descendants(child).Prepend(child));

    private static IEnumerable<(JsonObject Parent, string Name)> Members(JsonNode root) =>
        Descendants(root).Prepend(root).OfType<JsonObject>()
            .SelectMany(parent => parent.Take(MostMembers).Select(member => (parent, member.Key)));

    private static IEnumerable<JsonNode> Children(JsonNode node) => node switch
    {
        JsonObject members => members.Select(member => member.Value).OfType<JsonNode>().Take(MostMembers),
        JsonArray items => items.OfType<JsonNode>().Take(MostItems),
        _ => [],
    };
}
