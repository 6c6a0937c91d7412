using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Modules;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LuceneLsr.Torch;

/// <summary>
/// A Llama-architecture causal LM whose head is pooled instead of sampled from. Parameters bear the names of Hugging
/// Face checkpoints ("model.layers.0.self_attn.q_proj.weight").
/// </summary>
public sealed class CausalLanguageModel : nn.Module<TokenBatch, Tensor>
{
    private readonly LlamaModel _model;

    // The names let TorchSharp find the fields again when it moves the module to another device or dtype.
    [ComponentName(Name = "lm_head.weight")]
    private readonly Parameter? _head;

    [ComponentName(Name = "lm_head.bias")]
    private readonly Parameter? _headBias;

    /// <summary>Creates a model with TorchSharp's initial weights.</summary>
    public CausalLanguageModel(LlamaConfig config)
        : base(nameof(CausalLanguageModel))
    {
        ArgumentNullException.ThrowIfNull(config);
        Config = config;
        _model = new LlamaModel(config);
        register_module("model", _model);
        if (!config.TieWordEmbeddings)
        {
            _head = nn.Parameter(randn(config.OutputSize, config.HiddenSize) * 0.02);
            register_parameter("lm_head.weight", _head);
        }

        if (config.OutputBias)
        {
            _headBias = nn.Parameter(zeros(config.OutputSize));
            register_parameter("lm_head.bias", _headBias);
        }
    }

    /// <summary>The model's shape.</summary>
    public LlamaConfig Config { get; }

    /// <summary>The head, [output, hidden]: the embeddings where they are tied.</summary>
    public Tensor HeadWeight => _head ?? _model.Embeddings;

    /// <summary>The head's bias, [output], if it has one.</summary>
    public Tensor? HeadBias => _headBias;

    /// <summary>The final hidden states, [batch, length, hidden].</summary>
    public override Tensor forward(TokenBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return _model.forward(batch.Ids, batch.Mask);
    }

    /// <summary>The head's logits for hidden states [..., hidden]: [..., output].</summary>
    public Tensor Logits(Tensor hidden) => nn.functional.linear(hidden, HeadWeight, HeadBias);
}
