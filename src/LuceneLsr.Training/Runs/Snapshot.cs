using System.Text.Json;
using System.Text.Json.Nodes;
using LuceneLsr.Files;
using LuceneLsr.Tokenization;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Tasks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Runs;

/// <summary>
/// What a run needs to go on, beside its data: the trained parameters in F32, the optimizer's moments, and how far it
/// came.
/// </summary>
internal static class Snapshot
{
    private const string ProgressFile = "progress.json";
    private const string OptimizerFile = "optimizer.bin";
    private const string ParametersFile = "trained.safetensors";

    /// <summary>Writes the files into a directory that exists.</summary>
    public static void Save(
        string directory, RunProgress progress, CausalLanguageModel model, ITrainingTask task,
        TrainingOptimizer optimizer)
    {
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(
            Path.Combine(directory, ParametersFile),
            [.. Trained(model, task).Select(pair => (pair.Name, pair.Parameter.detach()))]);
        optimizer.Save(Path.Combine(directory, OptimizerFile));
        AtomicFile.WriteText(Path.Combine(directory, ProgressFile), JsonSerializer.Serialize(progress));
    }

    /// <summary>Sets model, task and optimizer, of a run of so many steps, to what was saved.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, or is that of another recipe.</exception>
    /// <exception cref="InvalidOperationException">The task's data are others than then.</exception>
    public static RunProgress Load(
        string directory, int steps, CausalLanguageModel model, ITrainingTask task, TrainingOptimizer optimizer)
    {
        try
        {
            LoadParameters(Path.Combine(directory, ParametersFile), model, task);
            optimizer.Load(Path.Combine(directory, OptimizerFile));
            var text = File.ReadAllText(Path.Combine(directory, ProgressFile));
            var progress = JsonSerializer.Deserialize<RunProgress>(text, PositionJson.Options)
                ?? throw new InvalidDataException($"{ProgressFile} is 'null'.");
            task.Position = progress.Position;
            return progress.Steps >= 0 && progress.Steps <= steps
                ? progress
                : throw new InvalidDataException($"{ProgressFile} is of step {progress.Steps}, of {steps}.");
        }
        catch (Exception exception) when (
            exception is CheckpointException or InvalidDataException or JsonException or IOException
                or ArgumentException or FormatException)
        {
            throw new InvalidDataException(
                $"{directory} is damaged, or the snapshot of another recipe: {exception.Message} "
                + "Go on with the recipe that it was written for, or start anew.", exception);
        }
    }

    private static void LoadParameters(string path, CausalLanguageModel model, ITrainingTask task)
    {
        using var scope = NewDisposeScope();
        using var ungraded = no_grad();
        var stored = SafetensorsFile.Open(path);
        foreach (var (name, parameter) in Trained(model, task))
        {
            if (!stored.Shape(name).SequenceEqual(parameter.shape))
            {
                throw new InvalidDataException(
                    $"{path}: '{name}' has shape [{string.Join(", ", stored.Shape(name))}], "
                    + $"but [{string.Join(", ", parameter.shape)}] is trained.");
            }

            parameter.copy_(stored.Read(name));
        }
    }

    private static IEnumerable<(string Name, Parameter Parameter)> Trained(
        CausalLanguageModel model, ITrainingTask task) => model.named_parameters()
            .Where(pair => pair.parameter.requires_grad)
            .Concat(task.Parameters.Select((trained, index) => ($"task.{index}", trained.Parameter)));
}

/// <summary>How far a run came.</summary>
/// <param name="Steps">Steps taken.</param>
/// <param name="Position">How far its task read the data.</param>
internal sealed record RunProgress(int Steps, JsonNode Position);
