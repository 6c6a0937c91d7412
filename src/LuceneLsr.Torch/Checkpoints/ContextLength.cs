using LuceneLsr.Torch.Configs;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>Checks texts against a model's context length.</summary>
internal static class ContextLength
{
    /// <summary>Describes why a number of positions does not fit, or returns null if it fits.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="positions">The number of positions.</param>
    /// <param name="field">The name of the setting that determines them.</param>
    public static string? FindProblem(ModelConfig config, long positions, string field) =>
        positions <= config.ContextLength
            ? null
            : $"{field} needs {positions} positions, but the model's context length is {config.ContextLength} "
                + "(config.json, max_position_embeddings). Lower it.";
}
