using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Weights;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>
/// Loads the backbone of a masked LM or sentence encoder, such as <c>BertModel</c>, without a head of its own.
/// </summary>
internal static class BackboneLoader
{
    /// <summary>Loads the model in a directory in F32. Its head is the embeddings.</summary>
    /// <exception cref="CheckpointException">
    /// A file is missing or malformed, or the model is not an encoder.
    /// </exception>
    public static LanguageModel Load(string directory)
    {
        CheckpointFiles.RequireDirectory(directory);
        var config = ModelConfig.Load(directory) as EncoderConfig
            ?? throw new CheckpointException(Path.Combine(directory, ModelConfig.FileName),
                "field 'model_type': the model is not an encoder. Use one of "
                + $"{string.Join(", ", EncoderFamily.All.Select(family => family.ModelType))}.");
        var model = ModelLoader.Load(directory, config.WithoutHead(), Precision.Float32, CPU);
        model.eval();
        return model;
    }
}
