using System.Text.Json;
using LuceneLsr.Files;
using LuceneLsr.Tokenization;

namespace LuceneLsr.Torch.Checkpoints.Adapters;

/// <summary>
/// The fields of PEFT's <c>adapter_config.json</c> that affect the merged model. Values that are not supported are
/// rejected by field name.
/// </summary>
internal sealed record PeftConfig
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    public string? PeftType { get; init; } = "LORA";

    public string? TaskType { get; init; }

    public string? BaseModelNameOrPath { get; init; }

    public int R { get; init; }

    public double LoraAlpha { get; init; }

    public bool UseRslora { get; init; }

    public JsonElement? TargetModules { get; init; } // not read: the tensors' names determine the modules

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

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="CheckpointException">The file is malformed, or a field is missing or not supported.</exception>
    public static PeftConfig Load(string path) =>
        CheckpointFile.Deserialize<PeftConfig>(path, Json, config => config.Validate());

    /// <summary>Writes the fields to a file.</summary>
    public void Save(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>Converts a valid configuration.</summary>
    public LoraConfig ToLoraConfig() => new()
    {
        Rank = R,
        Alpha = LoraAlpha,
        IsRankStabilized = UseRslora,
        TaskType = TaskType,
        BaseModel = BaseModelNameOrPath!,
    };

    private void Validate()
    {
        Require.Field(PeftType == "LORA", "peft_type", PeftType, "only 'LORA' is supported");
        Require.Field(!string.IsNullOrEmpty(BaseModelNameOrPath), "base_model_name_or_path", BaseModelNameOrPath,
            "set it to the path of the base model's directory");
        Require.Field(R >= 1, "r", R, "it must be at least 1");
        Require.Field(LoraAlpha is > 0 and <= 1e6, "lora_alpha", LoraAlpha, "it must be above 0 and at most 1,000,000");
        Require.Field(InitLoraWeights?.GetRawText() is null or "null" or "true" or "false" or "\"gaussian\""
                or "\"eva\"" or "\"orthogonal\"",
            "init_lora_weights", InitLoraWeights?.GetRawText(),
            "this initialization may change the base model. Convert the adapter to one of the unchanged base in PEFT");
        ValidateLinearLayersOnly();
        ValidateSameFormForAllModules();
    }

    private void ValidateLinearLayersOnly()
    {
        Require.Field(Bias is null or "none", "bias", Bias, "only 'none' is supported");
        Require.Field(!LoraBias, "lora_bias", LoraBias, "only false is supported");
        Require.Field(IsEmpty(ModulesToSave), "modules_to_save", ModulesToSave,
            "fully trained modules are not supported. Merge them into the base model");
        Require.Field(IsEmpty(TrainableTokenIndices), "trainable_token_indices", "set",
            "trained tokens are not supported");
        Require.Field(IsEmpty(AloraInvocationTokens), "alora_invocation_tokens", "set",
            "activated LoRA is not supported");
        Require.Field(IsEmpty(LayerReplication), "layer_replication", "set", "replicated layers are not supported");
    }

    private void ValidateSameFormForAllModules()
    {
        Require.Field(!UseDora, "use_dora", UseDora, "only false is supported");
        Require.Field(!UseQalora, "use_qalora", UseQalora, "only false is supported");
        Require.Field(!FanInFanOut, "fan_in_fan_out", FanInFanOut, "only false is supported");
        Require.Field(RankPattern is null or { Count: 0 }, "rank_pattern", "set",
            "all modules must have the same rank");
        Require.Field(AlphaPattern is null or { Count: 0 }, "alpha_pattern", "set",
            "all modules must have the same alpha");
    }

    private static bool IsEmpty(JsonElement? list) => list?.GetRawText() is null or "null" or "[]" or "{}";
}
