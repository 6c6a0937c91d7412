using System.Diagnostics;

namespace LuceneLsr.Tools.Soak.Processes;

/// <summary>Has lsr-train make a checkpoint of a tiny model.</summary>
internal static class TinyCheckpoint
{
    private const string Recipe =
        """
        {"steps": 2, "batch_size": 2, "sequence_length": 16, "objective": "plain",
         "optimizer": {"embedding_learning_rate": 1e-4, "layer_learning_rate": 1e-4, "warmup_steps": 1},
         "seed": 1, "texts": ["debian-packages"]}
        """;

    /// <summary>Makes the checkpoint.</summary>
    /// <param name="directory">The directory, which must not exist.</param>
    /// <param name="cancellationToken">Cancels the training.</param>
    public static void Write(string directory, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(directory)!);
        var recipe = $"{directory}.json";
        File.WriteAllText(recipe, Recipe);
        Victim.Run(CreateStartInfo(recipe, directory), cancellationToken);
    }

    /// <summary>Says how to start the training.</summary>
    public static ProcessStartInfo CreateStartInfo(string recipe, string output) => Programs.Train(
        "pretrain", "--data", Programs.Collections, "--recipe", recipe, "--out", output, "--vocabulary", "500",
        "--hidden", "16", "--intermediate", "32", "--layers", "1", "--heads", "2");
}
