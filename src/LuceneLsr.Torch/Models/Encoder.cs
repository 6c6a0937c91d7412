using LayerNorm = LuceneLsr.Torch.Modules.LayerNorm;
using LuceneLsr.Torch.Arithmetic;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Modules;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Models;

/// <summary>
/// The encoder stack of a BERT-style masked LM (Devlin et al., 2019), without its head. All tokens are of token type
/// 0.
/// </summary>
internal sealed class Encoder : Backbone
{
    private readonly EncoderConfig _config;
    private readonly WeightMatrix _positions;
    private readonly WeightMatrix? _tokenTypes;
    private readonly LayerNorm _norm;
    private readonly EncoderLayer[] _layers;

    public Encoder(EncoderConfig config, WeightSource weights)
        : base(nameof(Encoder))
    {
        var names = config.Family.Names;
        _config = config;
        Embeddings = CreateEmbeddings(config.Names.Embeddings, config.VocabSize);
        _positions = CreateEmbeddings(names.PositionEmbeddings, config.MaxPositionEmbeddings);
        if (config.TypeVocabSize > 0)
        {
            _tokenTypes = CreateEmbeddings(names.TokenTypeEmbeddings, config.TypeVocabSize);
        }

        _norm = new LayerNorm(weights, names.EmbeddingNorm, config.HiddenSize, config.LayerNormEps);
        Register(names.EmbeddingNorm, _norm);
        _layers = [.. Enumerable.Range(0, config.NumHiddenLayers).Select(layer =>
            new EncoderLayer(config, weights, config.Names.GetLayer(layer)))];
        Register(config.Names.Layers, new ModuleList<EncoderLayer>(_layers));

        WeightMatrix CreateEmbeddings(string name, int rows)
        {
            var matrix = weights.CreateMatrix(name, rows, config.HiddenSize);
            Register(name, matrix);
            return matrix;
        }

        void Register(string name, nn.Module module) =>
            this.RegisterAt(name[(config.Names.Backbone.Length + 1)..], module);
    }

    /// <inheritdoc/>
    public override WeightMatrix Embeddings { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor ids, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        return RunLayers(_layers, _norm.forward(Embed(ids)), mask).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override AttentionContext CreateContext(Tensor hidden, Tensor? mask) => new(null, mask, null);

    // [batch, length] -> [batch, length, hidden]
    private Tensor Embed(Tensor ids)
    {
        var start = _config.PositionOffset;
        var positions = TensorArithmetic.Range(start, start + ids.shape[1], ids.device);
        var embedded = Embeddings.SelectRows(ids).Plus(_positions.SelectRows(positions));
        return _tokenTypes is { } types
            ? embedded.Plus(types.SelectRows(zeros([1], ScalarType.Int64, ids.device)))
            : embedded;
    }
}
