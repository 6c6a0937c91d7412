using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Layouts;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Torch.Checkpoints.Adapters;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Weights;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>Loads checkpoint directories and checks that their files belong together.</summary>
internal static class CheckpointLoader
{
    public static Checkpoint Load(string directory, Precision precision, Device device)
    {
        CheckpointFiles.RequireDirectory(directory);
        using var adapter = LoraAdapter.TryLoad(directory);
        var baseDirectory = adapter?.Config.GetBaseDirectory(directory);
        RequireHeadOfConfig(baseDirectory ?? directory); // first: published models without a head have no lsr.json
        var layout = CheckpointLayout.Read(directory);
        var modelDirectory = baseDirectory ?? layout.ModelDirectory;
        var config = ModelConfig.Load(modelDirectory);
        RequireHead(modelDirectory, config);
        var space = TermSpace.Load(directory, layout);
        Check(directory, config, space);
        return new Checkpoint(ModelLoader.Load(modelDirectory, config, precision, device, adapter), space)
        {
            Directory = directory,
        };
    }

    // The model may also be in a subdirectory, which only the layout knows.
    private static void RequireHeadOfConfig(string directory)
    {
        if (File.Exists(Path.Combine(directory, ModelConfig.FileName)))
        {
            RequireHead(directory, ModelConfig.Load(directory));
        }
    }

    private static void RequireHead(string directory, ModelConfig config)
    {
        if (config is EncoderConfig { HasHead: false } encoder)
        {
            throw ModelLoader.CreateMissingHeadError(
                Path.Combine(directory, ModelConfig.FileName),
                $"'architectures' does not name {encoder.Family.MaskedLmArchitecture}");
        }
    }

    private static void Check(string directory, ModelConfig config, TermSpace space)
    {
        ModelFit.Check(
            directory, space, new TextLayout(space, config.BosTokenId), config.VocabSize, config.ContextLength);
        CheckTerms(directory, config, space.Terms);
    }

    // Models pad their embeddings beyond the tokenizer, so a head may have more rows than there are tokens.
    private static void CheckTerms(string directory, ModelConfig config, TermVocabulary terms)
    {
        if (terms.Count > config.OutputSize
            || (terms.Count < config.OutputSize && config.OutputSize != config.VocabSize))
        {
            throw new CheckpointException(Path.Combine(directory, TermVocabulary.FileName),
                $"there are {terms.Count} rows of terms (one per token without this file), but the model's head "
                + $"has {config.OutputSize} rows (config.json, output_size). Use the terms that the model was "
                + "trained with.");
        }
    }
}
