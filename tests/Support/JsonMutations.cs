using System.Text.Json.Nodes;

namespace LuceneLsr.TestSupport;

/// <summary>
/// Creates invalid and unusual variants of a JSON text. A reader must accept each or reject it with a clear error.
/// </summary>
public static class JsonMutations
{
    private const string Hole = "\"@hole@\"";
    private const int MaxMembers = 24; // per object
    private const int MaxItems = 3; // per array

    private static readonly string[] Values =
    [
        "null", "true", "\"text\"", "\"\"", "\"\\ud800\"", "[]", "[null]", "[[1, 2], 3]", "{}", "{\"a\": null}",
        "-1", "0", "1", "1.5", "1e999", "99999999999999999999",
    ];

    /// <summary>
    /// Creates variants with each value replaced by values of every kind, and variants with each member omitted.
    /// </summary>
    public static IEnumerable<string> Create(string json) => Values
        .Concat(Holes(json).SelectMany(holed =>
            Values.Select(value => holed.Replace(Hole, value, StringComparison.Ordinal))))
        .Concat(Omissions(json));

    /// <summary>Returns the text with one member set to a raw JSON value, or removed if the value is null.</summary>
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
            .SelectMany(parent => parent.Take(MaxMembers).Select(member => (parent, member.Key)));

    private static IEnumerable<JsonNode> Children(JsonNode node) => node switch
    {
        JsonObject members => members.Select(member => member.Value).OfType<JsonNode>().Take(MaxMembers),
        JsonArray items => items.OfType<JsonNode>().Take(MaxItems),
        _ => [],
    };
}
