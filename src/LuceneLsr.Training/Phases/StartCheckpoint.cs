using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Weights;

namespace LuceneLsr.Training.Phases;

/// <summary>
/// The checkpoint that a run makes to start from, in the directory <c>start</c> of the run's directory: an untrained
/// model, or a checkpoint with another variant.
/// </summary>
public static class StartCheckpoint
{
    /// <summary>The name of the directory.</summary>
    internal const string DirectoryName = "start";

    /// <summary>Gets the directory of a run's start checkpoint.</summary>
    /// <param name="runDirectory">The run's directory.</param>
    public static string GetDirectory(string runDirectory) => Path.Combine(runDirectory, DirectoryName);

    /// <summary>Writes a copy of a checkpoint with another variant.</summary>
    /// <param name="source">The checkpoint directory to copy.</param>
    /// <param name="variant">The variant of both sides.</param>
    /// <param name="runDirectory">The run's directory.</param>
    /// <returns>The directory of the start checkpoint.</returns>
    /// <exception cref="Tokenization.CheckpointException">The checkpoint cannot be read.</exception>
    public static string CreateWithVariant(string source, AttentionVariant variant, string runDirectory)
    {
        var start = GetDirectory(runDirectory);
        using var checkpoint = Checkpoint.Load(source);
        checkpoint.WithSettings(checkpoint.Settings with { Variant = PerSide.Both(variant) })
            .SaveWithFilesFrom(source, start, Precision.Float32);
        RunRecords.Copy(source, start);
        return start;
    }

    /// <summary>
    /// Deletes a run's start checkpoint, unless the run is unfinished or left an adapter, whose base it is.
    /// </summary>
    /// <param name="runDirectory">The run's directory.</param>
    public static void DeleteUnlessNeeded(string runDirectory)
    {
        var start = GetDirectory(runDirectory);
        var isNeeded = RunSettings.ExistIn(runDirectory) || RunAdapter.ExistsIn(runDirectory);
        if (!isNeeded && Directory.Exists(start))
        {
            Directory.Delete(start, recursive: true);
        }
    }
}
