namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>
/// What a run leaves behind beside its checkpoint: its recipe and its logs, which go along to later checkpoints.
/// </summary>
internal static class TrainingRecords
{
    public const string Recipe = "recipe.json";
    public const string TrainingLog = "training-log.csv";
    public const string AdaptationLog = "adaptation-log.csv";

    public static void Copy(string source, string directory)
    {
        string[] names = [Recipe, TrainingLog, AdaptationLog];
        foreach (var name in names.Where(name => File.Exists(Path.Combine(source, name))))
        {
            File.Copy(Path.Combine(source, name), Path.Combine(directory, name));
        }
    }
}
