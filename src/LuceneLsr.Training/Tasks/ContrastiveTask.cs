using System.Text.Json.Nodes;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Losses;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tasks;

/// <summary>
/// Contrastive training of a sparse encoder: InfoNCE with in-batch and hard negatives, distillation, and regularizers
/// on either side (CSPLADE, arXiv 2504.10816, section 3).
/// </summary>
public sealed class ContrastiveTask : ITrainingTask, IDisposable
{
    private readonly Checkpoint _checkpoint;
    private readonly ContrastiveRecipe _recipe;
    private readonly BatchSampler _sampler;
    private readonly ContrastiveObjective _objective;
    private readonly QueryTable? _table;
    private readonly Device _device;

    /// <summary>Prepares the task.</summary>
    /// <param name="checkpoint">The checkpoint whose model is trained.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="sampler">Its data.</param>
    /// <param name="device">Where the model is trained.</param>
    /// <exception cref="InvalidDataException">Its texts may be longer than the model's window.</exception>
    public ContrastiveTask(Checkpoint checkpoint, ContrastiveRecipe recipe, BatchSampler sampler, Device device)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(sampler);
        if (recipe.QueryTable is null)
        {
            checkpoint.RequireWindow(TextSide.Query, recipe.QueryTokens, "query_tokens");
        }

        checkpoint.RequireWindow(TextSide.Document, recipe.DocumentTokens, "document_tokens");
        (_checkpoint, _recipe, _sampler, _device) = (checkpoint, recipe, sampler, device);
        _objective = new ContrastiveObjective(recipe);
        _table = recipe.QueryTable is { } settings ? new QueryTable(checkpoint, settings, device) : null;
    }

    /// <inheritdoc/>
    public JsonNode Position
    {
        get => _sampler.Position;
        set => _sampler.Position = value;
    }

    /// <inheritdoc/>
    public IReadOnlyList<(Parameter Parameter, double PeakRate)> Parameters =>
        _table is null ? [] : [(_table.Table, _table.PeakRate)];

    /// <inheritdoc/>
    public BatchResult Learn(int stepsTaken, double share)
    {
        using var scope = NewDisposeScope();
        var batch = _sampler.Next();
        var queryTokens = Tokenize(batch.Queries, _recipe.QueryTokens);
        var documentTokens = Tokenize(batch.Documents, _recipe.DocumentTokens);
        var queries = _table is null ? Encode(queryTokens, TextSide.Query) : null;
        var documents = Encode(documentTokens, TextSide.Document);
        var queryWeights = TopTerms.Keep(                                               // [queries, terms]
            queries?.Weights ?? _table!.Weights(queryTokens), _recipe.TopTerms.Query);
        var documentWeights = TopTerms.Keep(documents.Weights, _recipe.TopTerms.Document); // [documents, terms]
        var (sum, figures) = _objective.Of(batch, queryWeights, documentWeights, stepsTaken);
        var sparsity = BatchSparsity.Of(queryWeights, documentWeights);
        sparsity.Check(_recipe, stepsTaken, sum);
        (sum * share).backward();
        queries?.Backward();
        documents.Backward();
        return new BatchResult(
            batch.Source, queryTokens.Concat(documentTokens).Sum(tokens => (long)tokens.Count),
            [.. figures, .. sparsity.Figures]);
    }

    /// <inheritdoc/>
    public void Save(string directory) => _table?.Save(directory);

    /// <inheritdoc/>
    public void Load(string directory) => _table?.Load(directory);

    /// <inheritdoc/>
    public void Dispose() => _table?.Dispose();

    private IReadOnlyList<int>[] Tokenize(IReadOnlyList<string> texts, int most) =>
        [.. texts.Select(text => _checkpoint.Space.Tokenize(text, most, out _))];

    private GradientCache Encode(IReadOnlyList<int>[] texts, TextSide side) => new(
        chunk =>
        {
            using var batch = _checkpoint.Batch(texts[chunk], side, _device);
            return PooledHead.TrainableWeights(_checkpoint.Model, batch, _checkpoint.Pooling(side));
        },
        texts.Length,
        _recipe.CacheChunk ?? texts.Length);
}
