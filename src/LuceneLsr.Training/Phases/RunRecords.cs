namespace LuceneLsr.Training.Phases;

/// <summary>
/// The records of a finished run: its recipe (<c>PHASE-recipe.json</c>) and its log (<c>PHASE-log.csv</c>). They are
/// copied to every checkpoint made from the run's checkpoint.
/// </summary>
public static class RunRecords
{
    private const string RecipeSuffix = "-recipe.json";
    private const string LogSuffix = "-log.csv";

    /// <summary>Copies the records of earlier runs; existing files are kept.</summary>
    /// <param name="source">The checkpoint directory to copy from.</param>
    /// <param name="directory">The checkpoint directory to copy to.</param>
    public static void Copy(string source, string directory)
    {
        var records = new[] { RecipeSuffix, LogSuffix }
            .SelectMany(suffix => Directory.EnumerateFiles(source, "*" + suffix));
        foreach (var path in records)
        {
            var copy = Path.Combine(directory, Path.GetFileName(path));
            if (!File.Exists(copy))
            {
                File.Copy(path, copy);
            }
        }
    }

    /// <summary>Gets the path of a phase's recipe.</summary>
    internal static string GetRecipePath(string directory, TrainingPhase phase) =>
        Path.Combine(directory, phase.GetName() + RecipeSuffix);
}
