using System.Text.Json;
using System.Text.Json.Serialization;
using LuceneLsr.Files;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Tools.Trainer.Runs;

/// <summary>What a run needs to know beside its recipe to be resumed; <c>run.json</c> in its directory.</summary>
/// <param name="Phase">What is done.</param>
/// <param name="From">The checkpoint directory that it starts from, absolute.</param>
/// <param name="Data">What paths of the recipe are relative to, absolute.</param>
/// <param name="Device">Where the model runs.</param>
internal sealed record RunSettings(TrainingPhase Phase, string From, string Data, string Device)
{
    private const string FileName = "run.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        WriteIndented = true,
    };

    /// <summary>Reads them.</summary>
    /// <exception cref="InvalidDataException">They are not there, or damaged.</exception>
    public static RunSettings Load(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            throw new InvalidDataException(
                $"{path}: missing. The run is done, or {directory} is not the directory of one (--out).");
        }

        try
        {
            return JsonSerializer.Deserialize<RunSettings>(File.ReadAllText(path), Json)
                ?? throw new InvalidDataException($"{path}: is 'null'; it must hold a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Whether a directory is that of a run which is not done.</summary>
    public static bool IsIn(string directory) => File.Exists(Path.Combine(directory, FileName));

    /// <summary>Makes sure that a directory is not that of a run which is not done.</summary>
    /// <exception cref="IOException">It is.</exception>
    public static void RequireNone(string directory)
    {
        if (IsIn(directory))
        {
            throw new IOException(
                $"{directory} holds a run that is not done: go on with it (lsr-train resume {directory}), "
                + "name a new directory, or remove this one first.");
        }
    }

    /// <summary>Writes the recipe, every setting in full, and then the settings, unless they are there.</summary>
    public void Save(string directory, RunRecipe recipe)
    {
        if (!IsIn(directory))
        {
            File.WriteAllText(RunRecords.Recipe(directory, Phase), RecipeFile.ToJson(recipe));
            AtomicFile.Write(
                Path.Combine(directory, FileName), file => JsonSerializer.Serialize(file, this, Json),
                overwrite: false);
        }
    }

    /// <summary>Removes what <see cref="Save"/> wrote: there is no run to resume.</summary>
    public void Withdraw(string directory)
    {
        Remove(directory);
        File.Delete(RunRecords.Recipe(directory, Phase));
    }

    /// <summary>Removes them: the run is done.</summary>
    public static void Remove(string directory) => File.Delete(Path.Combine(directory, FileName));
}
