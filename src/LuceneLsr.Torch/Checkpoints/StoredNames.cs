using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Weights;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>Maps the tensor names in published checkpoints to those of the model.</summary>
internal static class StoredNames
{
    private const string Weight = ".weight", Bias = ".bias", Gamma = ".gamma", Beta = ".beta";

    /// <summary>Opens the weights of a directory under the model's names.</summary>
    public static WeightFiles Open(string directory, ModelConfig config) =>
        WeightFiles.Open(directory, name => ToModelName(name, config));

    /// <summary>Gets the tensors that a model uses twice.</summary>
    public static IReadOnlyList<SharedTensor> GetShared(ModelConfig config)
    {
        var names = config.Names;
        var shared = new List<SharedTensor>();
        if (config.TieWordEmbeddings && config is not EncoderConfig { HasHead: false })
        {
            shared.Add(new(names.Embeddings + Weight, names.Head + Weight,
                $"Set tie_word_embeddings to false in {ModelConfig.FileName} if the head has weights of its own, or "
                + "remove the tensor if it is left over."));
        }

        if (names.HeadBias != names.Head + Bias && config.OutputBias)
        {
            shared.Add(new(names.HeadBias, names.Head + Bias, "Remove the one that is left over."));
        }

        return shared;
    }

    /// <summary>
    /// Returns whether a tensor can be ignored, because the model computes it, has no head, or has no use for it in
    /// retrieval.
    /// </summary>
    public static bool IsRedundant(string name, ModelConfig config)
    {
        var names = config.Names;
        return name.EndsWith("rotary_emb.inv_freq", StringComparison.Ordinal)
            || (config is EncoderConfig encoder && (name == $"{names.Backbone}.embeddings.position_ids"
                || name.StartsWith($"{names.Backbone}.pooler.", StringComparison.Ordinal)
                || name.StartsWith("cls.seq_relationship.", StringComparison.Ordinal)
                || (!encoder.HasHead && !name.StartsWith($"{names.Backbone}.", StringComparison.Ordinal))));
    }

    // Checkpoints of models without a head omit the backbone's prefix. Those converted from TensorFlow name the
    // parameters of norms gamma and beta.
    private static string ToModelName(string stored, ModelConfig config)
    {
        if (config is not EncoderConfig)
        {
            return stored;
        }

        var parameter = Replace(Replace(stored, Gamma, Weight), Beta, Bias);
        string[] unprefixed = ["embeddings.", "encoder.", "transformer.", "pooler."];
        return unprefixed.Any(part => parameter.StartsWith(part, StringComparison.Ordinal))
            ? $"{config.Names.Backbone}.{parameter}"
            : parameter;
    }

    private static string Replace(string name, string suffix, string replacement) =>
        name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] + replacement : name;
}
