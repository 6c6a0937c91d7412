using System.Diagnostics;
using LuceneLsr.Tools.Soak.Processes;

namespace LuceneLsr.Tools.Soak.Scenarios;

/// <summary>lsr-train trains a tiny model on the built-in collection, and resumes.</summary>
internal sealed class TrainScenario(string folder) : FileScenario("train", folder)
{
    private const string Recipe =
        """
        {"steps": 40, "batch_size": 2, "query_tokens": 16, "document_tokens": 32, "save_every": 2,
         "optimizer": {"embedding_learning_rate": 1e-4, "layer_learning_rate": 1e-4, "warmup_steps": 1},
         "losses": [{"kind": "info_nce"}], "regularizers": [], "seed": 1,
         "sources": [{"path": "debian-packages", "kind": "titles", "share": 1}]}
        """;

    private string Model => Path.Combine(Folder, "model");

    private string RecipeFile => Path.Combine(Folder, "recipe.json");

    public override void Prepare(CancellationToken cancellationToken)
    {
        TinyCheckpoint.Write(Model, cancellationToken);
        File.WriteAllText(RecipeFile, Recipe);
        base.Prepare(cancellationToken);
    }

    // Before the first snapshot there is nothing to resume.
    protected override ProcessStartInfo CreateStartInfo(string output) =>
        File.Exists(Path.Combine(output, "run.json"))
            ? Programs.Train("resume", output, "--threads", "1")
            : Programs.Train(
                "train", "--from", Model, "--data", Programs.Collections, "--recipe", RecipeFile, "--out", output,
                "--threads", "1");

    protected override string GetResult(string output) => Path.Combine(output, "model.safetensors");

    protected override void Delete(string output) => Directory.Delete(output, recursive: true);
}
