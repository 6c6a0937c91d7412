namespace LuceneLsr.Torch.Models;

/// <summary>Module names in Hugging Face checkpoints of causal LMs.</summary>
internal static class ModuleNames
{
    public const string Decoder = "model";
    public const string Embeddings = "model.embed_tokens";
    public const string Head = "lm_head";

    /// <summary>
    /// Returns whether a parameter is the weight of a projection whose output is added to the residual stream.
    /// </summary>
    public static bool IsResidualProjection(string parameter) =>
        parameter.EndsWith("o_proj.weight", StringComparison.Ordinal)
        || parameter.EndsWith("down_proj.weight", StringComparison.Ordinal);

    /// <summary>Returns whether a module or parameter belongs to a decoder layer.</summary>
    public static bool IsInLayer(string name) => name.StartsWith("model.layers.", StringComparison.Ordinal);
}
