using System.Text.Json.Nodes;
using LuceneLsr.Torch.Arithmetic;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Losses;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Teachers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tasks;

/// <summary>
/// Contrastive training of a sparse encoder: InfoNCE with in-batch and hard negatives, distillation, regularizers on
/// either side (CSPLADE, arXiv 2504.10816, section 3), and supervision on single terms.
/// </summary>
internal sealed class ContrastiveTask : ITrainingTask
{
    private readonly Checkpoint _checkpoint;
    private readonly ContrastiveRecipe _recipe;
    private readonly BatchSampler _sampler;
    private readonly ContrastiveObjective _objective;
    private readonly QueryWeightTable? _table;
    private readonly PrecomputedStates? _states;
    private readonly InBatchDistillation? _distillation;
    private readonly TermSupervision? _supervision;
    private readonly Device _device;

    /// <summary>Opens the recipe's sources and teachers.</summary>
    /// <param name="checkpoint">The checkpoint whose model is trained.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="dataDirectory">The directory that the sources' paths are relative to.</param>
    /// <param name="device">The device that the model is on.</param>
    /// <exception cref="InvalidDataException">
    /// A source, a teacher or the file of term targets is malformed, a source has too few pairs, or the recipe's texts exceed the model's context
    /// length.
    /// </exception>
    public ContrastiveTask(Checkpoint checkpoint, ContrastiveRecipe recipe, string dataDirectory, Device device)
    {
        if (recipe.EncodesQueries)
        {
            checkpoint.RequireFitsContext(TextSide.Query, recipe.QueryTokens, "query_tokens");
        }

        checkpoint.RequireFitsContext(TextSide.Document, recipe.DocumentTokens, "document_tokens");
        (_checkpoint, _recipe, _device) = (checkpoint, recipe, device);
        _supervision = recipe.TermTargets is null ? null : new(checkpoint, recipe, dataDirectory, device);
        _states = PrecomputedStates.Open(checkpoint, recipe, dataDirectory);
        _sampler = new BatchSampler(recipe, dataDirectory);
        _distillation = OpenTeachers(dataDirectory);
        _objective = new ContrastiveObjective(recipe, _distillation);
        _table = recipe.QueryTable is { } settings ? new QueryWeightTable(checkpoint, settings, device) : null;
    }

    /// <inheritdoc/>
    public JsonNode Position
    {
        get => _sampler.Position;
        set => _sampler.Position = value;
    }

    /// <inheritdoc/>
    public IReadOnlyList<(Parameter Parameter, double PeakRate)> Parameters =>
    [
        .. _table is null ? [] : new[] { (_table.Table, _table.PeakRate), (_table.LogScale, _table.PeakRate) },
        .. _distillation is null ? [] : new[] { (_distillation.LogScale, _distillation.PeakRate) },
    ];

    /// <inheritdoc/>
    public BatchResult AccumulateGradient(int step, double lossScale)
    {
        using var scope = NewDisposeScope();
        var batch = _sampler.Next();
        var queryTokens = Tokenize(batch.Queries, _recipe.QueryTokens);
        var documentTokens = Tokenize(batch.Documents, _recipe.DocumentTokens);
        var queries = _recipe.EncodesQueries ? Encode(batch.Queries, queryTokens, TextSide.Query) : null;
        var table = _table?.ComputeWeights(queryTokens);
        var documents = Encode(batch.Documents, documentTokens, TextSide.Document);
        var queryWeights = TopTermsMask.Apply( // [queries, terms]
            queries?.Weights ?? table!, _recipe.TopTerms.Query);
        var documentWeights = TopTermsMask.Apply(documents.Weights, _recipe.TopTerms.Document); // [documents, terms]
        var (sum, figures) = _objective.Compute(
            batch, queryWeights, documentWeights, step, queries is null ? null : table);
        var sparsity = BatchSparsity.Measure(queryWeights, documentWeights);
        sparsity.ThrowIfCollapsed(_recipe, step, sum);
        sum.Times(lossScale).backward();
        queries?.Backward();
        documents.Backward();
        (string, double)[] supervision =
            _supervision is null ? [] : [("term_targets", _supervision.AccumulateGradient(lossScale))];
        return new BatchResult(
            batch.Source, queryTokens.Concat(documentTokens).Sum(tokens => (long)tokens.Count),
            [.. figures, .. supervision, .. sparsity.Figures]);
    }

    /// <inheritdoc/>
    public void Save(string directory) => _table?.Save(directory);

    /// <inheritdoc/>
    public void Load(string directory) => _table?.Load(directory);

    /// <inheritdoc/>
    public void Dispose()
    {
        _table?.Dispose();
        _distillation?.Dispose();
        _sampler.Dispose();
    }

    private InBatchDistillation? OpenTeachers(string dataDirectory)
    {
        if (_recipe.Teachers.Count == 0)
        {
            return null;
        }

        try
        {
            return new(TeacherEnsemble.Open(_recipe, dataDirectory, _sampler), _recipe.ScoreScale, _device);
        }
        catch
        {
            _sampler.Dispose();
            throw;
        }
    }

    private IReadOnlyList<int>[] Tokenize(IReadOnlyList<string> texts, int maxTokens) =>
        [.. texts.Select(text => _checkpoint.Space.Tokenize(text, maxTokens, out _))];

    private GradientCache Encode(
        IReadOnlyList<string> texts, IReadOnlyList<int>[] tokens, TextSide side) => new(
        chunk => Encode([.. texts.Take(chunk)], tokens[chunk], side),
        tokens.Length,
        _recipe.CacheChunk ?? tokens.Length);

    private Tensor Encode(string[] texts, IReadOnlyList<int>[] tokens, TextSide side) // -> [texts, terms]
    {
        var (model, rule) = (_checkpoint.Model, _checkpoint.GetPoolingRule(side));
        using var batch = _checkpoint.CreateBatch(tokens, side, _device);
        var weights = _states is null
            ? PooledHead.ComputeTrainableWeights(model, batch, rule)
            : PooledHead.ComputeTrainableWeights(model, _states.Select(texts, side, batch), batch, rule);
        return LexicalTerms.AddTo(weights, _checkpoint.Space, tokens, side);
    }
}
