using LuceneLsr.TestSupport;
using LuceneLsr.Tools.Tests.Support;

[assembly: AssemblyFixture(typeof(ToolFixture))]

namespace LuceneLsr.Tools.Tests.Support;

/// <summary>
/// A collection, the checkpoints that the trainer's commands init, adapt, train and export make from it, and its index.
/// </summary>
public sealed class ToolFixture : IAsyncLifetime
{
    public const int VocabularySize = 600;

    private readonly TemporaryFolder _folder = new();

    /// <summary>
    /// Gets the data folder: the collection "animals", the word vectors "vectors", the recipes and the checkpoints.
    /// </summary>
    public string Data => _folder.Path;

    public string Collection => GetPath("animals");

    public string Recipe => GetPath("recipe.json");

    public string LanguageRecipe => GetPath("language.json");

    public string Initial => GetPath("checkpoints/initial");

    public string Adapted => GetPath("checkpoints/adapted");

    public string Trained => GetPath("checkpoints/trained");

    public string Exported => GetPath("checkpoints/exported");

    public string Index => GetPath("index");

    /// <summary>Gets the result of the index command.</summary>
    internal ToolResult Indexing { get; private set; } = null!;

    /// <summary>Gets a path in the data folder.</summary>
    public string GetPath(string name) => _folder.File(name);

    /// <summary>Copies the exported checkpoint to a new directory and returns its path.</summary>
    public string CopyExported(string name) => Copy(Exported, name);

    /// <summary>Copies the index to a new directory and returns its path.</summary>
    public string CopyIndex(string name) => Copy(Index, name);

    public async ValueTask InitializeAsync()
    {
        Animals.WriteCollection(Collection);
        Animals.WriteVectors(GetPath("vectors"));
        File.WriteAllText(Recipe,
            """
            {"steps": 3, "batch_size": 2, "query_tokens": 16, "document_tokens": 32,
             "optimizer": {"embedding_learning_rate": 1e-4, "layer_learning_rate": 1e-4, "warmup_steps": 1},
             "losses": [{"kind": "info_nce"}],
             "regularizers": [
               {"kind": "flops", "side": "query", "weight": 0.001, "ramp_steps": 2},
               {"kind": "flops", "side": "document", "weight": 0.001, "ramp_steps": 2}],
             "seed": 1, "sources": [
               {"path": "animals", "kind": "judged", "share": 1, "negatives": 1},
               {"path": "animals", "kind": "titles", "share": 1}]}
            """);
        File.WriteAllText(LanguageRecipe,
            """
            {"steps": 2, "batch_size": 2, "sequence_length": 16, "objective": "adaptation",
             "optimizer": {"embedding_learning_rate": 1e-4, "layer_learning_rate": 1e-4, "warmup_steps": 1},
             "seed": 1, "texts": ["animals"]}
            """);
        await MakeAsync("init", "--data", Data, "--text", "animals", "--vectors", "vectors", "--out", Initial,
            "--vocabulary", $"{VocabularySize}", "--hidden", "64", "--intermediate", "32", "--layers", "1",
            "--heads", "2");
        await MakeAsync("adapt", "--from", Initial, "--data", Data, "--recipe", LanguageRecipe, "--out", Adapted);
        await MakeAsync("train", "--from", Adapted, "--data", Data, "--recipe", Recipe, "--out", Trained);
        await MakeAsync("export", "--from", Trained, "--out", Exported,
            "--query-word-weight", "0.5", "--impact-factor", "40");
        Indexing = (await Tool.Search.RunAsync(
            "index", "--collection", Collection, "--checkpoint", Exported, "--index", Index)).Succeeded();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private string Copy(string directory, string name)
    {
        var copy = Directory.CreateDirectory(GetPath(name)).FullName;
        foreach (var file in Directory.GetFiles(directory))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }

    private static async Task MakeAsync(params string[] arguments) =>
        (await Tool.Train.RunAsync(arguments)).Succeeded();
}
