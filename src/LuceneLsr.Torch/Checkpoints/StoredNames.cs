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

    /// <summary>
    /// Returns whether a tensor can be ignored, because the model computes it, shares it, or has no use for it in
    /// retrieval.
    /// </summary>
    public static bool IsRedundant(string name, ModelConfig config)
    {
        var names = config.Names;
        return name.EndsWith("rotary_emb.inv_freq", StringComparison.Ordinal)
            || name.EndsWith(".embeddings.position_ids", StringComparison.Ordinal)
            || (name == names.Head + Weight && config.TieWordEmbeddings)
            || (config is EncoderConfig && (name == names.Head + Bias // a copy of the head's bias
                || name.StartsWith($"{names.Backbone}.pooler.", StringComparison.Ordinal)
                || name.StartsWith("cls.seq_relationship.", StringComparison.Ordinal)));
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
