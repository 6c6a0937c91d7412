using System.Text.Json;
using System.Text.Json.Nodes;
using LuceneLsr.Files;
using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Weights;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Tasks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Runs;

/// <summary>
/// The state that a run resumes from: the trained parameters in F32, the optimizer's moments, the number of steps taken
/// and the position in the data.
/// </summary>
internal static class Snapshot
{
    private const string ProgressFile = "progress.json";
    private const string OptimizerFile = "optimizer.safetensors";
    private const string ParametersFile = "trained.safetensors";

    /// <summary>Writes the files to an existing directory.</summary>
    public static void Save(
        string directory, RunProgress progress, LanguageModel model, ITrainingTask task,
        TrainingOptimizer optimizer)
    {
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(
            Path.Combine(directory, ParametersFile),
            [.. EnumerateTrained(model, task).Select(pair => (pair.Name, pair.Parameter.detach()))]);
        optimizer.Save(Path.Combine(directory, OptimizerFile));
        AtomicFile.WriteText(Path.Combine(directory, ProgressFile), JsonSerializer.Serialize(progress));
    }

    /// <summary>Restores model, task and optimizer.</summary>
    /// <param name="directory">The snapshot's directory.</param>
    /// <param name="steps">The number of steps in the run.</param>
    /// <param name="model">The model, prepared for the run's recipe.</param>
    /// <param name="task">The task.</param>
    /// <param name="optimizer">The optimizer.</param>
    /// <exception cref="InvalidDataException">A file is corrupt or belongs to another recipe.</exception>
    /// <exception cref="InvalidOperationException">The task's data has changed since the snapshot.</exception>
    public static RunProgress Load(
        string directory, int steps, LanguageModel model, ITrainingTask task, TrainingOptimizer optimizer)
    {
        LoadFile(directory, ParametersFile, path => LoadParameters(path, model, task));
        LoadFile(directory, OptimizerFile, optimizer.Load);
        RunProgress? progress = null;
        LoadFile(directory, ProgressFile, path =>
        {
            progress = LoadProgress(path, steps);
            task.Position = progress.Position;
        });
        return progress!;
    }

    private static void LoadFile(string directory, string file, Action<string> load)
    {
        var path = Path.Combine(directory, file);
        try
        {
            load(path);
        }
        catch (Exception exception) when (
            exception is CheckpointException or InvalidDataException or JsonException or IOException
                or ArgumentException or FormatException)
        {
            throw new InvalidDataException(
                $"{path}: corrupt, or written for another recipe: {exception.Message} "
                + "Resume with the recipe that the snapshot was written for, or start a new run.", exception);
        }
    }

    private static RunProgress LoadProgress(string path, int steps)
    {
        var json = JsonNode.Parse(File.ReadAllText(path))
            ?? throw new InvalidDataException("is 'null'; it must contain a JSON object.");
        var progress = PositionJson.Parse<RunProgress>(json);
        return progress.Steps >= 0 && progress.Steps <= steps
            ? progress
            : throw new InvalidDataException($"step {progress.Steps} is not between 0 and {steps}.");
    }

    private static void LoadParameters(string path, LanguageModel model, ITrainingTask task)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var stored = SafetensorsFile.Open(path);
        foreach (var (name, parameter) in EnumerateTrained(model, task))
        {
            if (!stored.GetShape(name).SequenceEqual(parameter.shape))
            {
                throw new InvalidDataException(
                    $"'{name}' has shape [{string.Join(", ", stored.GetShape(name))}], "
                    + $"but the run trains shape [{string.Join(", ", parameter.shape)}].");
            }

            parameter.copy_(stored.Read(name));
        }
    }

    private static IEnumerable<(string Name, Parameter Parameter)> EnumerateTrained(
        LanguageModel model, ITrainingTask task) => model.named_parameters()
            .Where(pair => pair.parameter.requires_grad)
            .Concat(task.Parameters.Select((trained, index) => ($"task.{index}", trained.Parameter)));
}
