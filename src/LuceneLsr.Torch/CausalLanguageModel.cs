using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch;

/// <summary>
/// A causal LM whose head is pooled instead of sampled from. Parameters bear the names of Hugging Face checkpoints
/// ("model.layers.0.self_attn.q_proj.weight").
/// </summary>
public sealed class CausalLanguageModel : nn.Module<TokenBatch, Tensor>
{
    private const string BiasName = DecoderNames.Head + ".bias";

    private readonly Decoder _decoder;

    /// <summary>Creates a model that is not trained yet, in F32 on the CPU.</summary>
    public CausalLanguageModel(DecoderConfig config)
        : this(config, new InitialWeights())
    {
    }

    internal CausalLanguageModel(DecoderConfig config, WeightSource weights)
        : base(nameof(CausalLanguageModel))
    {
        ArgumentNullException.ThrowIfNull(config);
        Config = config;
        _decoder = new Decoder(config, weights);
        register_module(DecoderNames.Decoder, _decoder);
        Head = _decoder.Embeddings;
        if (!config.TieWordEmbeddings)
        {
            Head = weights.Matrix(DecoderNames.Head, config.OutputSize, config.HiddenSize);
            register_module(DecoderNames.Head, Head);
        }

        if (config.OutputBias) // beside the head, which may be the embeddings
        {
            register_parameter(BiasName, weights.Bias(DecoderNames.Head, config.OutputSize));
        }
    }

    /// <summary>The model's shape.</summary>
    public DecoderConfig Config { get; }

    /// <summary>The bytes of all parameters and buffers in the precision in which they are kept.</summary>
    public long SizeInBytes => buffers().Concat(parameters()).Sum(tensor => tensor.numel() * tensor.ElementSize);

    /// <summary>The head's weights for training, [output, hidden]: the embeddings where they are tied.</summary>
    /// <exception cref="InvalidOperationException">The model is quantized.</exception>
    public Tensor HeadWeight => Head is FloatMatrix matrix
        ? matrix.Weight
        : throw new InvalidOperationException("A quantized model cannot be trained: load it as Float32.");

    /// <summary>The head's bias, [output], if it has one.</summary>
    public Tensor? HeadBias => get_parameter(BiasName);

    /// <summary>The head, [output, hidden].</summary>
    internal WeightMatrix Head { get; }

    /// <summary>The final hidden states, [batch, length, hidden].</summary>
    public override Tensor forward(TokenBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return _decoder.forward(batch.Ids, batch.Mask);
    }

    /// <summary>The head's logits for hidden states [..., hidden]: [..., output].</summary>
    public Tensor Logits(Tensor hidden)
    {
        using var scope = NewDisposeScope();
        var logits = Head.forward(hidden);
        return (HeadBias is { } bias ? logits.add_(bias) : logits).MoveToOuterDisposeScope();
    }
}
