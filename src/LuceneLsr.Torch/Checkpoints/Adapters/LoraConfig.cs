using System.Text.Json;
using LuceneLsr.Files;
using LuceneLsr.Tokenization;

namespace LuceneLsr.Torch.Checkpoints.Adapters;

/// <summary>
/// What an <c>adapter_config.json</c> of PEFT says about a LoRA adapter; what is not implemented is refused by the
/// field's name.
/// </summary>
public sealed record LoraConfig
{
    /// <summary>The file's name in an adapter's directory.</summary>
    public const string FileName = "adapter_config.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    /// <summary>Columns of B and rows of A.</summary>
    public required int Rank { get; init; }

    /// <summary>The factor on B A, times the rank or, if <see cref="IsRankStabilized"/>, its square root.</summary>
    public required double Alpha { get; init; }

    /// <summary>Whether the factor is alpha / sqrt(rank) (Kalajdzievski, arXiv 2312.03732).</summary>
    public bool IsRankStabilized { get; init; }

    /// <summary>The checkpoint directory of the base model, absolute or relative to the adapter's.</summary>
    public required string BaseModel { get; init; }

    /// <summary>The factor on B A.</summary>
    public double Scale => Alpha / (IsRankStabilized ? Math.Sqrt(Rank) : Rank);

    /// <summary>Reads a directory's file; null where there is none: the directory is that of a whole model.</summary>
    /// <exception cref="CheckpointException">The file is damaged, or a field is missing or not supported.</exception>
    public static LoraConfig? Find(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        var file = CheckpointFile.Deserialize<PeftFile>(path, Json, file => file.Validate());
        return new LoraConfig
        {
            Rank = file.R,
            Alpha = file.LoraAlpha,
            IsRankStabilized = file.UseRslora,
            BaseModel = file.BaseModelNameOrPath!,
        };
    }

    /// <summary>The base model's directory.</summary>
    /// <param name="directory">The adapter's directory.</param>
    /// <exception cref="CheckpointException">It is not there.</exception>
    public string BaseDirectory(string directory)
    {
        var path = Path.GetFullPath(Path.Combine(directory, BaseModel));
        if (!Directory.Exists(path))
        {
            throw Unusable($"there is no directory {path}. Download the base model, and write its path there, "
                + "absolute or relative to the adapter's directory");
        }

        return !File.Exists(Path.Combine(path, FileName))
            ? path
            : throw Unusable($"{path} is an adapter too. Name a whole model: merge that adapter into its base first");

        CheckpointException Unusable(string problem) => new(
            Path.Combine(directory, FileName), $"field 'base_model_name_or_path' is '{BaseModel}', but {problem}.");
    }

    /// <summary>Writes the file.</summary>
    /// <param name="directory">The adapter's directory.</param>
    /// <param name="targetModules">The last parts of the adapted modules' names, such as "q_proj".</param>
    internal void Save(string directory, IEnumerable<string> targetModules) => AtomicFile.WriteText(
        Path.Combine(directory, FileName),
        JsonSerializer.Serialize(
            new PeftFile
            {
                R = Rank,
                LoraAlpha = Alpha,
                UseRslora = IsRankStabilized,
                BaseModelNameOrPath = BaseModel,
                TargetModules = JsonSerializer.SerializeToElement(targetModules),
            },
            Json) + "\n");

    private sealed record PeftFile
    {
        public string? PeftType { get; init; } = "LORA";

        public string? TaskType { get; init; } = "CAUSAL_LM";

        public string? BaseModelNameOrPath { get; init; }

        public int R { get; init; }

        public double LoraAlpha { get; init; }

        public bool UseRslora { get; init; }

        public JsonElement? TargetModules { get; init; } // which modules have factors, their names tell

        public string? Bias { get; init; } = "none";

        public bool LoraBias { get; init; }

        public bool UseDora { get; init; }

        public bool FanInFanOut { get; init; }

        public JsonElement? ModulesToSave { get; init; }

        public Dictionary<string, JsonElement>? RankPattern { get; init; }

        public Dictionary<string, JsonElement>? AlphaPattern { get; init; }

        public JsonElement? AloraInvocationTokens { get; init; }

        public JsonElement? LayerReplication { get; init; }

        public JsonElement? TrainableTokenIndices { get; init; }

        public bool UseQalora { get; init; }

        public JsonElement? InitLoraWeights { get; init; } = JsonSerializer.SerializeToElement(true);

        public void Validate()
        {
            Require.Field(PeftType == "LORA", "peft_type", PeftType, "only 'LORA' is supported");
            Require.Field(!string.IsNullOrEmpty(BaseModelNameOrPath), "base_model_name_or_path", BaseModelNameOrPath,
                "it must be the path of the base model's directory");
            Require.Field(R >= 1, "r", R, "it must be at least 1");
            Require.Field(LoraAlpha is > 0 and <= 1e6, "lora_alpha", LoraAlpha,
                "it must be above zero, and 1,000,000 at most");
            Require.Field(Bias is null or "none", "bias", Bias, "only 'none' is supported");
            Require.Field(!LoraBias, "lora_bias", LoraBias, "only false is supported");
            Require.Field(!UseDora, "use_dora", UseDora, "only false is supported");
            Require.Field(!FanInFanOut, "fan_in_fan_out", FanInFanOut, "only false is supported");
            Require.Field(IsEmpty(ModulesToSave), "modules_to_save", ModulesToSave,
                "only adapters are read, no whole modules beside them: merge them into the base model");
            Require.Field(RankPattern is null or { Count: 0 }, "rank_pattern", "set",
                "all modules must have the same rank");
            Require.Field(AlphaPattern is null or { Count: 0 }, "alpha_pattern", "set",
                "all modules must have the same alpha");
            Require.Field(IsEmpty(AloraInvocationTokens), "alora_invocation_tokens", "set",
                "only adapters of all tokens are read");
            Require.Field(IsEmpty(LayerReplication), "layer_replication", "set",
                "only adapters of the layers as they are");
            Require.Field(IsEmpty(TrainableTokenIndices), "trainable_token_indices", "set",
                "only linear layers are adapted");
            Require.Field(!UseQalora, "use_qalora", UseQalora, "only false is supported");
            Require.Field(InitLoraWeights?.GetRawText() is null or "null" or "true" or "false" or "\"gaussian\""
                    or "\"eva\""
                    or "\"orthogonal\"",
                "init_lora_weights", InitLoraWeights?.GetRawText(),
                "such a start may change the base model: convert the adapter to one of the unchanged base, as PEFT can");
        }

        private static bool IsEmpty(JsonElement? list) => list?.GetRawText() is null or "null" or "[]" or "{}";
    }
}
