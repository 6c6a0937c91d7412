using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Checkpoints.Adapters;
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

    private const string NotTrainable = "A quantized model cannot be trained: load it as Float32.";

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
        : throw new InvalidOperationException(NotTrainable);

    /// <summary>The head's bias, [output], if it has one.</summary>
    public Tensor? HeadBias => get_parameter(BiasName);

    /// <summary>The head, [output, hidden].</summary>
    internal WeightMatrix Head { get; }

    /// <summary>
    /// Whether in training each layer keeps only its input for the gradient and computes the rest again, which takes a
    /// third more time and far less memory.
    /// </summary>
    public bool RecomputesActivations
    {
        get => _decoder.RecomputesActivations;
        set => _decoder.RecomputesActivations = value;
    }

    /// <summary>Whether a parameter or module is one of the layers', by its name.</summary>
    public static bool IsOfLayer(string name) => DecoderNames.IsOfLayer(name);

    /// <summary>The final hidden states, [batch, length, hidden].</summary>
    public override Tensor forward(TokenBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return _decoder.forward(batch.Ids, batch.Mask);
    }

    /// <summary>
    /// Computes products in a type of fewer bits than the weights, which stay as they are, as do norms, attention's
    /// softmax and all sums of layers (mixed precision, Micikevicius et al., arXiv 1710.03740).
    /// </summary>
    /// <exception cref="InvalidOperationException">The model is quantized.</exception>
    public void ComputeIn(ScalarType type)
    {
        foreach (var (_, matrix) in Matrices())
        {
            matrix.Products = type == matrix.Weight.dtype ? null : type;
        }
    }

    /// <summary>
    /// Puts factors of low rank beside the layers' projections, which from then on are all that is trained.
    /// </summary>
    /// <param name="rank">Columns of B and rows of A.</param>
    /// <param name="alpha">The factor on B A, times the rank.</param>
    /// <param name="dropout">Share of the inputs of A that a forward pass in training leaves out.</param>
    /// <param name="targets">The last parts of the projections' names, such as "q_proj".</param>
    /// <exception cref="ArgumentException">No projection has one of the names.</exception>
    /// <exception cref="InvalidOperationException">The model is quantized.</exception>
    public void AddLora(int rank, double alpha, double dropout, IReadOnlyCollection<string> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var projections = Matrices().Where(pair => DecoderNames.IsOfLayer(pair.Name))
            .ToLookup(pair => pair.Name[(pair.Name.LastIndexOf('.') + 1)..], pair => pair.Matrix);
        if (targets.FirstOrDefault(target => !projections.Contains(target)) is { } stranger)
        {
            throw new ArgumentException(
                $"No layer has a projection '{stranger}'; there are "
                + $"{string.Join(", ", projections.Select(projection => projection.Key))}.");
        }

        foreach (var parameter in parameters())
        {
            parameter.requires_grad = false;
        }

        foreach (var projection in targets.Distinct().SelectMany(target => projections[target]))
        {
            projection.Update = new LowRankUpdate(projection.Weight, rank, alpha, dropout);
        }
    }

    /// <summary>The factors of <see cref="AddLora"/> by module; they stay the model's own.</summary>
    public IReadOnlyDictionary<string, LoraFactors> LoraFactors() => Matrices()
        .Where(pair => pair.Matrix.Update is not null)
        .ToDictionary(
            pair => pair.Name, pair => new LoraFactors(pair.Matrix.Update!.A, pair.Matrix.Update.B),
            StringComparer.Ordinal);

    /// <summary>The weights by their names in a checkpoint, with what LoRA adds to them. No gradient.</summary>
    internal IEnumerable<(string Name, Tensor Value)> NamedWeights()
    {
        using var ungraded = no_grad();
        var updates = Matrices().Where(pair => pair.Matrix.Update is not null)
            .ToDictionary(pair => pair.Name, pair => pair.Matrix.Update!, StringComparer.Ordinal);
        var ofUpdates = updates.Values.SelectMany(update => update.parameters())
            .Select(factor => factor.Handle).ToHashSet();
        foreach (var (name, parameter) in named_parameters().Where(pair => !ofUpdates.Contains(pair.parameter.Handle)))
        {
            var module = name[..name.LastIndexOf('.')];
            yield return updates.TryGetValue(module, out var update) && parameter.dim() == 2
                ? (name, parameter.detach() + update.Delta())
                : (name, parameter.detach());
        }
    }

    /// <summary>The head's logits for hidden states [..., hidden]: [..., output].</summary>
    public Tensor Logits(Tensor hidden)
    {
        using var scope = NewDisposeScope();
        var logits = Head.forward(hidden);
        return (HeadBias is { } bias ? logits.add_(bias) : logits).MoveToOuterDisposeScope();
    }

    // TorchSharp registers a module's fields too, under their own names, after what is registered by hand.
    private IEnumerable<(string Name, FloatMatrix Matrix)> Matrices() => named_modules()
        .DistinctBy(pair => pair.module)
        .Where(pair => pair.module is WeightMatrix)
        .Select(pair => pair.module is FloatMatrix matrix
            ? (pair.name, matrix)
            : throw new InvalidOperationException(NotTrainable));
}
