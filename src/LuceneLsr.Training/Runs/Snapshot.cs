using System.Text.Json;
using System.Text.Json.Nodes;
using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Runs;

/// <summary>
/// What a run needs to go on, beside its data: the trained parameters in F32, the optimizer's moments, and how far it came.
/// </summary>
internal static class Snapshot
{
    private const string ProgressFile = "progress.json";
    private const string OptimizerFile = "optimizer.bin";
    private const string ParametersFile = "trained.safetensors";

    /// <summary>Writes the files into a directory that exists.</summary>
    public static void Save(
        string directory, RunProgress progress, CausalLanguageModel model, TrainingOptimizer optimizer)
    {
        SafetensorsWriter.Write(
            Path.Combine(directory, ParametersFile),
            [.. Trained(model).Select(pair => (pair.Name, pair.Parameter.detach()))]);
        optimizer.Save(Path.Combine(directory, OptimizerFile));
        File.WriteAllText(Path.Combine(directory, ProgressFile), JsonSerializer.Serialize(progress));
    }

    /// <summary>Sets a model and an optimizer to what was saved.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, or is that of another recipe.</exception>
    public static RunProgress Load(string directory, CausalLanguageModel model, TrainingOptimizer optimizer)
    {
        using var scope = NewDisposeScope();
        using var ungraded = no_grad();
        var stored = SafetensorsFile.Open(Path.Combine(directory, ParametersFile));
        foreach (var (name, parameter) in Trained(model))
        {
            parameter.copy_(stored.Read(name));
        }

        optimizer.Load(Path.Combine(directory, OptimizerFile));
        var path = Path.Combine(directory, ProgressFile);
        try
        {
            return JsonSerializer.Deserialize<RunProgress>(File.ReadAllText(path))
                ?? throw new InvalidDataException($"{path}: is 'null'; remove this snapshot, so that an earlier one is taken.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    private static IEnumerable<(string Name, Parameter Parameter)> Trained(CausalLanguageModel model) =>
        model.named_parameters().Where(pair => pair.parameter.requires_grad);
}

/// <summary>How far a run came.</summary>
/// <param name="Steps">Steps taken.</param>
/// <param name="Position">How far its task read the data.</param>
internal sealed record RunProgress(int Steps, JsonNode Position);
