using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Checkpoints.Adapters;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Weights;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>Loads the model of a directory in Hugging Face's layout, with or without a head.</summary>
internal static class ModelLoader
{
    private static readonly string[] PickleFileNames = ["pytorch_model.bin", "pytorch_model.bin.index.json"];

    /// <summary>Loads a model.</summary>
    /// <param name="directory">The directory of the weights.</param>
    /// <param name="config">
    /// The model's shape: that of the directory or, to leave out a head, its <see cref="EncoderConfig.WithoutHead"/>.
    /// </param>
    /// <param name="precision">The precision in memory, whatever the files store.</param>
    /// <param name="device">The model's device.</param>
    /// <param name="adapter">The adapter to merge, or null.</param>
    /// <exception cref="CheckpointException">
    /// A file is missing or malformed, or the weights do not belong to the configuration.
    /// </exception>
    public static LanguageModel Load(
        string directory, ModelConfig config, Precision precision, Device device, LoraAdapter? adapter = null)
    {
        RejectPickle(directory, config);
        var files = StoredNames.Open(directory, config);
        RequireStoredHead(files, config);
        var weights = new StoredWeights(files, adapter, config, precision, device);
        var model = new LanguageModel(config, weights);
        try
        {
            weights.RejectUnusedTensors();
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Creates the error for a model that cannot weigh terms.</summary>
    /// <param name="path">The file that shows it.</param>
    /// <param name="reason">What the file lacks.</param>
    public static CheckpointException CreateMissingHeadError(string path, string reason) => new(path,
        $"the model has no head that weighs terms: {reason}. Create a sparse encoder from this model first, or use a "
        + "model with a masked-LM head.");

    // Some directories without a head do not name their architecture.
    private static void RequireStoredHead(WeightFiles files, ModelConfig config)
    {
        if (config is EncoderConfig { HeadTransform: true } encoder
            && $"{encoder.Family.Names.TransformDense}.weight" is var name && !files.Contains(name))
        {
            throw CreateMissingHeadError(files.ListPath, $"tensor '{name}' is missing");
        }
    }

    private static void RejectPickle(string directory, ModelConfig config)
    {
        if (WeightFiles.ExistIn(directory))
        {
            return;
        }

        if (PickleFileNames.Select(name => Path.Combine(directory, name)).FirstOrDefault(File.Exists) is { } path)
        {
            throw new CheckpointException(path,
                "weights in PyTorch's pickle format are not read, because such a file can run code. Convert them to "
                + $"{WeightFiles.FileName} in Python: from transformers import {config.AutoClass}; "
                + $"{config.AutoClass}.from_pretrained(\"{directory}\")"
                + $".save_pretrained(\"{directory}\", safe_serialization=True)");
        }
    }
}
