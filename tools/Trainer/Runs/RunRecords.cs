namespace LuceneLsr.Tools.Trainer.Runs;

/// <summary>
/// What a run leaves behind beside its checkpoint: its recipe and its log, which go along to later checkpoints.
/// </summary>
internal static class RunRecords
{
    private const string Recipes = "-recipe.json";
    private const string Logs = "-log.csv";

    /// <summary>The recipe of a phase, every setting in full.</summary>
    public static string Recipe(string directory, TrainingPhase phase) =>
        Path.Combine(directory, phase.Name() + Recipes);

    /// <summary>Copies what earlier runs left; what is there already stays.</summary>
    public static void Copy(string source, string directory)
    {
        var records = new[] { Recipes, Logs }.SelectMany(end => Directory.EnumerateFiles(source, "*" + end));
        foreach (var path in records)
        {
            var copy = Path.Combine(directory, Path.GetFileName(path));
            if (!File.Exists(copy))
            {
                File.Copy(path, copy);
            }
        }
    }
}
