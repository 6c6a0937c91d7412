using System.Text.Json;
using LuceneLsr.Files;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Training.Phases;

/// <summary>
/// The settings that an unfinished run needs in addition to its recipe to be resumed, stored as <c>run.json</c> in its
/// directory.
/// </summary>
/// <param name="Phase">The phase.</param>
/// <param name="From">The absolute path of the checkpoint directory that the run starts from.</param>
/// <param name="Data">The absolute path of the directory that the recipe's paths are relative to.</param>
/// <param name="Device">The device to train on.</param>
public sealed record RunSettings(TrainingPhase Phase, string From, string Data, string Device)
{
    /// <summary>The name of the file that locks a run's directory.</summary>
    public const string LockFileName = "run.lock";

    private const string FileName = "run.json";

    /// <summary>
    /// Gets the names of what a run leaves in its directory if it is killed before it can be resumed.
    /// </summary>
    public static IReadOnlyList<string> GetLeftovers(TrainingPhase phase) =>
        [LockFileName, StartCheckpoint.DirectoryName, Path.GetFileName(RunRecords.GetRecipePath("", phase))];

    /// <summary>Throws if a directory contains an unfinished run.</summary>
    /// <exception cref="IOException">The directory contains an unfinished run.</exception>
    public static void ThrowIfUnfinished(string directory)
    {
        if (ExistIn(directory))
        {
            throw new IOException(
                $"{directory} contains an unfinished run. Resume it (lsr-train resume {directory}), "
                + "choose a new directory, or delete this one first.");
        }
    }

    /// <summary>Reads the settings of a directory.</summary>
    /// <exception cref="InvalidDataException">The file is missing or malformed.</exception>
    internal static RunSettings Load(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            throw new InvalidDataException(
                $"{path}: missing. Either the run has finished, or {directory} is not the output directory of a run.");
        }

        try
        {
            return JsonSerializer.Deserialize<RunSettings>(File.ReadAllText(path), RecipeFile.Json)
                ?? throw new InvalidDataException($"{path}: is 'null'; it must contain a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Returns whether a directory contains an unfinished run.</summary>
    internal static bool ExistIn(string directory) => File.Exists(Path.Combine(directory, FileName));

    /// <summary>Deletes the settings of a finished run.</summary>
    internal static void Delete(string directory) => File.Delete(Path.Combine(directory, FileName));

    /// <summary>Writes the recipe and then the settings, unless the directory already has settings.</summary>
    internal void Save(string directory, RunRecipe recipe)
    {
        if (!ExistIn(directory))
        {
            AtomicFile.WriteText(RunRecords.GetRecipePath(directory, Phase), RecipeFile.ToJson(recipe));
            try
            {
                AtomicFile.Write(
                    Path.Combine(directory, FileName), file => JsonSerializer.Serialize(file, this, RecipeFile.Json),
                    overwrite: false);
            }
            catch
            {
                File.Delete(RunRecords.GetRecipePath(directory, Phase)); // without settings there is nothing to resume
                throw;
            }
        }
    }

    /// <summary>Deletes what <see cref="Save"/> wrote.</summary>
    internal void DeleteWithRecipe(string directory)
    {
        Delete(directory);
        File.Delete(RunRecords.GetRecipePath(directory, Phase));
    }
}
