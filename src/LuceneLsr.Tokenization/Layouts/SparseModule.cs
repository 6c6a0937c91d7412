using System.Text.Json;
using LuceneLsr.Files;

namespace LuceneLsr.Tokenization.Layouts;

/// <summary>A module of a sentence-transformers model.</summary>
/// <param name="Type">The full name of its Python class.</param>
/// <param name="Directory">The directory of its files.</param>
internal sealed record SparseModule(string Type, string Directory)
{
    /// <summary>Gets the name of the class without its package.</summary>
    public string ClassName => Type[(Type.LastIndexOf('.') + 1)..];

    /// <summary>Gets whether the module computes logits with a masked language model.</summary>
    public bool IsMaskedLm => ClassName is "MLMTransformer" or "Transformer";

    /// <summary>Reads the modules of each side: of <c>modules.json</c> or, if it has a router, of its routes.</summary>
    /// <exception cref="CheckpointException">A file is malformed or has an unsupported feature.</exception>
    public static PerSide<IReadOnlyList<SparseModule>> ReadSides(string directory)
    {
        var modules = CheckpointFile.ReadJson(Path.Combine(directory, SparseEncoderLayout.FileName), root =>
        {
            Require.Data(root.ValueKind == JsonValueKind.Array, "expected an array of modules");
            return root.EnumerateArray()
                .Select(node => new SparseModule(
                    node.GetText("type"), Resolve(directory, node.GetText("path"), "path")))
                .ToList();
        });
        return modules is [{ ClassName: "Router" or "Asym" } router]
            ? ReadRoutes(router.Directory)
            : new(modules, modules);
    }

    private static PerSide<IReadOnlyList<SparseModule>> ReadRoutes(string directory)
    {
        var path = Path.Combine(directory, "router_config.json");
        CheckpointFile.RequireExists(path, $"{SparseEncoderLayout.FileName} names a router.");
        return CheckpointFile.ReadJson(path, root =>
        {
            var parameters = root.GetOptional("parameters");
            Require.Field(parameters?.GetOptional("route_mappings") is not { } mappings
                || !mappings.EnumerateObject().Any(), "parameters.route_mappings", "only routes by task are supported");
            return new PerSide<IReadOnlyList<SparseModule>>(ReadRoute("query"), ReadRoute("document"));

            IReadOnlyList<SparseModule> ReadRoute(string name) =>
            [
                .. root.GetField("structure", JsonValueKind.Object).GetItems(name).Select(ReadModule),
            ];

            SparseModule ReadModule(JsonElement id)
            {
                Require.Field(id.ValueKind == JsonValueKind.String, "structure", "a module is not a string");
                return new SparseModule(
                    root.GetField("types", JsonValueKind.Object).GetText(id.GetString()!),
                    Resolve(directory, id.GetString()!, "structure"));
            }
        });
    }

    // The language model may be in the directory itself: its folder is empty.
    private static string Resolve(string directory, string folder, string field)
    {
        Require.Field(folder == Path.GetFileName(folder), field, $"'{folder}' is not a folder of this directory");
        return folder.Length == 0 ? directory : Path.Combine(directory, folder);
    }
}
