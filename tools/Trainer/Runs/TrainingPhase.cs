namespace LuceneLsr.Tools.Trainer.Runs;

/// <summary>The phases that take steps.</summary>
internal enum TrainingPhase
{
    Pretraining,
    Adaptation,
    Training,
}

/// <summary>Names of phases.</summary>
internal static class TrainingPhases
{
    /// <summary>As files and logs call it.</summary>
    public static string Name(this TrainingPhase phase) => phase switch
    {
        TrainingPhase.Pretraining => "pretraining",
        TrainingPhase.Adaptation => "adaptation",
        _ => "training",
    };
}
