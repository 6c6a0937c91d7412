using System.Diagnostics;
using LuceneLsr.Torch.Arithmetic;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Models;

/// <summary>
/// A causal or masked LM whose head is pooled. Parameters have the names of Hugging Face checkpoints
/// ("model.layers.0.self_attn.q_proj.weight").
/// </summary>
internal sealed class LanguageModel : nn.Module<TokenBatch, Tensor>
{
    private const string NotTrainable = "A quantized model cannot be trained or saved. Load it as Float32.";

    private readonly Backbone _backbone;
    private readonly HeadTransform? _transform;
    private readonly IReadOnlyDictionary<string, WeightMatrix> _matrices;

    /// <summary>Creates an untrained model in F32 on the CPU.</summary>
    public LanguageModel(ModelConfig config)
        : this(config, new InitialWeights(config.Names))
    {
    }

    internal LanguageModel(ModelConfig config, WeightSource weights)
        : base(nameof(LanguageModel))
    {
        Config = config;
        var recorded = new RecordedMatrices(weights);
        _matrices = recorded.Matrices;
        _backbone = CreateBackbone(config, recorded);
        register_module(config.Names.Backbone, _backbone);
        if (config is EncoderConfig { HeadTransform: true } encoder)
        {
            var names = encoder.Family.Names;
            _transform = new HeadTransform(encoder, recorded);
            this.RegisterAt(names.TransformDense, _transform.Dense);
            this.RegisterAt(names.TransformNorm, _transform.Norm);
        }

        Head = _backbone.Embeddings;
        if (!config.TieWordEmbeddings)
        {
            Head = recorded.CreateMatrix(config.Names.Head, config.OutputSize, config.HiddenSize);
            this.RegisterAt(config.Names.Head, Head);
        }

        if (config.OutputBias) // not the matrix's own bias, because the head may be the embeddings
        {
            register_parameter(
                config.Names.HeadBias, weights.CreateBias(config.Names.HeadBiasOwner, config.OutputSize));
        }
    }

    /// <summary>Gets the model's shape.</summary>
    public ModelConfig Config { get; }

    /// <summary>Gets the size of all parameters and buffers in memory.</summary>
    public long SizeInBytes => buffers().Concat(parameters()).Sum(tensor => tensor.numel() * tensor.ElementSize);

    /// <summary>Gets the head's trainable weights, [output, hidden]; the embeddings if they are tied.</summary>
    /// <exception cref="InvalidOperationException">The model is quantized.</exception>
    public Tensor HeadWeight => Head is FloatMatrix matrix
        ? matrix.Weight
        : throw new InvalidOperationException(NotTrainable);

    /// <summary>Gets the head's bias, [output], or null.</summary>
    public Tensor? HeadBias => get_parameter(Config.Names.HeadBias);

    /// <summary>Gets the head, [output, hidden].</summary>
    internal WeightMatrix Head { get; }

    /// <summary>
    /// Gets or sets whether training keeps only each layer's input and recomputes its activations in the backward pass
    /// (activation checkpointing). It takes about a third more time and far less memory.
    /// </summary>
    public bool RecomputesActivations
    {
        get => _backbone.RecomputesActivations;
        set => _backbone.RecomputesActivations = value;
    }

    /// <summary>
    /// Computes the hidden states that the head multiplies, [batch, length, hidden]: the backbone's, after the head's
    /// transform if there is one.
    /// </summary>
    public override Tensor forward(TokenBatch batch)
    {
        using var scope = NewDisposeScope();
        var hidden = _backbone.forward(batch.Ids, batch.Mask);
        return (_transform?.Apply(hidden) ?? hidden).MoveToOuterDisposeScope();
    }

    /// <summary>Computes the head's logits for hidden states: [..., hidden] -> [..., output].</summary>
    public Tensor ComputeLogits(Tensor hidden)
    {
        using var scope = NewDisposeScope();
        var logits = Head.forward(hidden);
        return (HeadBias is { } bias ? logits.add_(bias, Scalars.One) : logits).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Sets the type of matrix products (mixed precision, Micikevicius et al., arXiv 1710.03740). Weights, norms,
    /// attention's softmax and the residual stream keep their type.
    /// </summary>
    /// <exception cref="InvalidOperationException">The model is quantized.</exception>
    public void SetComputeType(ScalarType type)
    {
        foreach (var (_, matrix) in GetMatrices())
        {
            matrix.ComputeType = type == matrix.Weight.dtype ? null : type;
        }
    }

    /// <summary>
    /// Freezes the embeddings and the lowest layers. They take no part in the backward pass.
    /// </summary>
    /// <param name="layers">The number of layers, from 0 to the number of the model's layers.</param>
    /// <exception cref="ArgumentException">
    /// The model has fewer layers, or its head shares the embeddings, which cannot be frozen then.
    /// </exception>
    public void Freeze(int layers)
    {
        if (layers > Config.NumHiddenLayers)
        {
            throw new ArgumentException($"The model has only {Config.NumHiddenLayers} layers to freeze, not {layers}.");
        }

        if (Config.TieWordEmbeddings)
        {
            throw new ArgumentException("The head shares the embeddings, so they cannot be frozen.");
        }

        string[] frozen =
            [Config.Names.Input, .. Enumerable.Range(0, layers).Select(layer => Config.Names.GetLayer(layer))];
        foreach (var (name, parameter) in named_parameters())
        {
            parameter.requires_grad &=
                !Array.Exists(frozen, module => name.StartsWith($"{module}.", StringComparison.Ordinal));
        }
    }

    /// <summary>Gets the weight matrices by module.</summary>
    /// <exception cref="InvalidOperationException">The model is quantized.</exception>
    internal IEnumerable<(string Name, FloatMatrix Matrix)> GetMatrices() => _matrices.Select(pair =>
        pair.Value is FloatMatrix matrix
            ? (pair.Key, matrix)
            : throw new InvalidOperationException(NotTrainable));

    private static Backbone CreateBackbone(ModelConfig config, WeightSource weights) => config switch
    {
        DecoderConfig decoder => new Decoder(decoder, weights),
        EncoderConfig encoder => new Encoder(encoder, weights),
        _ => throw new UnreachableException(),
    };
}
