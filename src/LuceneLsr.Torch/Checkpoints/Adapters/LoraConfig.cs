using System.Text.Json;
using LuceneLsr.Tokenization;

namespace LuceneLsr.Torch.Checkpoints.Adapters;

/// <summary>The configuration of a LoRA adapter, as in PEFT's <c>adapter_config.json</c>.</summary>
internal sealed record LoraConfig
{
    /// <summary>The file's name in an adapter's directory.</summary>
    public const string FileName = "adapter_config.json";

    /// <summary>Gets the rank: columns of B and rows of A.</summary>
    public required int Rank { get; init; }

    /// <summary>
    /// Gets the numerator of <see cref="Scale"/>. Its denominator is the rank or, if <see cref="IsRankStabilized"/>,
    /// the rank's square root.
    /// </summary>
    public required double Alpha { get; init; }

    /// <summary>Gets whether the scale is alpha / sqrt(rank) (Kalajdzievski, rsLoRA, arXiv 2312.03732).</summary>
    public bool IsRankStabilized { get; init; }

    /// <summary>
    /// Gets the checkpoint directory of the base model, absolute or relative to the adapter's directory.
    /// </summary>
    public required string BaseModel { get; init; }

    /// <summary>Gets PEFT's task of the base model: <c>CAUSAL_LM</c>, or null for masked LMs.</summary>
    public string? TaskType { get; init; }

    /// <summary>Gets the factor that B A is multiplied by.</summary>
    public double Scale => Alpha / (IsRankStabilized ? Math.Sqrt(Rank) : Rank);

    /// <summary>Reads the file of a directory, or returns null if the directory is not an adapter.</summary>
    /// <exception cref="CheckpointException">The file is malformed, or a field is missing or not supported.</exception>
    public static LoraConfig? TryLoad(string directory)
    {
        var path = Path.Combine(directory, FileName);
        return File.Exists(path) ? PeftConfig.Load(path).ToLoraConfig() : null;
    }

    /// <summary>Gets the directory of the base model.</summary>
    /// <param name="directory">The adapter's directory.</param>
    /// <exception cref="CheckpointException">The directory does not exist, or is an adapter itself.</exception>
    public string GetBaseDirectory(string directory)
    {
        if (BaseModel.Contains('\0', StringComparison.Ordinal))
        {
            throw CreateError("it contains a zero character. Set the field to a path");
        }

        var path = Path.GetFullPath(Path.Combine(directory, BaseModel));
        if (!Directory.Exists(path))
        {
            throw CreateError($"the directory {path} does not exist. Download the base model and set the field to its "
                + "path, absolute or relative to the adapter's directory");
        }

        return !File.Exists(Path.Combine(path, FileName))
            ? path
            : throw CreateError($"{path} is an adapter too. Merge that adapter into its base model first");

        CheckpointException CreateError(string problem) => new(
            Path.Combine(directory, FileName), $"field 'base_model_name_or_path' is '{BaseModel}', but {problem}.");
    }

    /// <summary>Writes the file.</summary>
    /// <param name="directory">The adapter's directory.</param>
    /// <param name="targetModules">The last parts of the adapted modules' names, such as "q_proj".</param>
    internal void Save(string directory, IEnumerable<string> targetModules) =>
        new PeftConfig
        {
            R = Rank,
            LoraAlpha = Alpha,
            UseRslora = IsRankStabilized,
            TaskType = TaskType,
            BaseModelNameOrPath = BaseModel,
            TargetModules = JsonSerializer.SerializeToElement(targetModules),
        }.Save(Path.Combine(directory, FileName));
}
