using System.Diagnostics;

namespace LuceneLsr.Training.Phases;

/// <summary>The phases of training an encoder.</summary>
public enum TrainingPhase
{
    /// <summary>Trains a causal language model from scratch.</summary>
    Pretraining,

    /// <summary>Prepares a language model's logits for contrastive training.</summary>
    Adaptation,

    /// <summary>Trains the encoder contrastively.</summary>
    Training,
}

/// <summary>Names of phases.</summary>
internal static class TrainingPhases
{
    /// <summary>Gets the phase's name in file names and logs.</summary>
    public static string GetName(this TrainingPhase phase) => phase switch
    {
        TrainingPhase.Pretraining => "pretraining",
        TrainingPhase.Adaptation => "adaptation",
        TrainingPhase.Training => "training",
        _ => throw new UnreachableException($"Unknown phase: {phase}."),
    };
}
