using LuceneLsr.Torch.Modules;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>Names of modules in Hugging Face checkpoints that are asked for by name.</summary>
internal static class DecoderNames
{
    public const string Decoder = "model";
    public const string Embeddings = "model.embed_tokens";
    public const string Head = "lm_head";

    /// <summary>Whether a module is one of the layers'.</summary>
    public static bool IsOfLayer(string name) => name.StartsWith("model.layers.", StringComparison.Ordinal);
}
