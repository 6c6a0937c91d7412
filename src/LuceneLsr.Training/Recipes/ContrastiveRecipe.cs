using LuceneLsr.Files;

namespace LuceneLsr.Training.Recipes;

/// <summary>The data and the settings of a contrastive training run.</summary>
public sealed record ContrastiveRecipe : RunRecipe
{
    /// <summary>
    /// Gets the number of texts per side that are encoded at once with a gradient (gradient caching, Gao et al.,
    /// arXiv 2101.06983), or null to encode the whole batch at once.
    /// </summary>
    public int? CacheChunk { get; init; }

    /// <summary>
    /// Gets the number of batches of a source whose pairs are drawn together and grouped by similarity, which makes the
    /// documents of the other queries harder negatives. With 1, batches are random.
    /// </summary>
    public int SimilarBatches { get; init; } = 1;

    /// <summary>Gets the maximum number of tokens of a query.</summary>
    public required int QueryTokens { get; init; }

    /// <summary>Gets the maximum number of tokens of a document.</summary>
    public required int DocumentTokens { get; init; }

    /// <summary>
    /// Gets the directory of the precomputed mean states of the run's texts, relative to the data directory, or null to
    /// compute states in each step. They are the vectors that the checkpoint's own backbone gives as a teacher. Only
    /// the head is trained on them, so all layers must be frozen.
    /// </summary>
    public string? States { get; init; }

    /// <summary>Gets the losses, which are summed.</summary>
    public required IReadOnlyList<LossTerm> Losses { get; init; }

    /// <summary>
    /// Gets the teachers of the losses <see cref="LossKind.InBatchKl"/> and <see cref="LossKind.InBatchMarginMse"/>,
    /// whose weighted scores are summed.
    /// </summary>
    public IReadOnlyList<TeacherTerm> Teachers { get; init; } = [];

    /// <summary>Gets the settings of the factor on the student's scores in the losses with teachers.</summary>
    public ScoreScaleSettings ScoreScale { get; init; } = new();

    /// <summary>Gets the regularizers, which are added to the losses.</summary>
    public required IReadOnlyList<RegularizerTerm> Regularizers { get; init; }

    /// <summary>
    /// Gets the number of largest weights of a text that are kept for scores, regularizers and statistics. 0 keeps all.
    /// </summary>
    public PerSide<int> TopTerms { get; init; } = PerSide.Both(0);

    /// <summary>Gets the settings of a learned query table, or null to encode queries with the model.</summary>
    public QueryTableSettings? QueryTable { get; init; }

    /// <summary>Gets the supervision on the weights of single terms, or null for none.</summary>
    public TermTargetSettings? TermTargets { get; init; }

    /// <summary>Gets whether the model encodes queries, alone or next to a table.</summary>
    internal bool EncodesQueries => QueryTable is null or { WithModel: true };

    /// <summary>Gets the sources of training pairs.</summary>
    public required IReadOnlyList<RecipeSource> Sources { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require.Data(BatchSize > 1,
            "batch_size must be at least 2, because the other pairs of a batch serve as negatives");
        Require.Data(CacheChunk is null or > 0, "cache_chunk must be positive");
        RecipeRules.RequirePositive(SimilarBatches, "similar_batches");
        RecipeRules.RequirePositive(QueryTokens, "query_tokens");
        RecipeRules.RequirePositive(DocumentTokens, "document_tokens");
        ValidateStates();
        ValidateLosses();
        ValidateTeachers();
        ValidateRegularizers();
        Require.Data(TopTerms is { Query: >= 0, Document: >= 0 }, "top_terms must not be negative");
        if (QueryTable is not null)
        {
            RecipeRules.RequirePositive(QueryTable.LearningRate, "query_table.learning_rate");
        }

        TermTargets?.Validate("term_targets");
        ValidateSources();
    }

    private void ValidateStates()
    {
        if (States is not null)
        {
            Require.Data(!string.IsNullOrWhiteSpace(States), "states must be a directory");
            Require.Data(Optimizer.FrozenLayers is not null,
                "states needs optimizer.frozen_layers, the number of all layers, because no layer is trained on them");
        }
    }

    private void ValidateLosses()
    {
        Require.Data(Losses.Count > 0, "losses must not be empty");
        foreach (var (field, loss) in RecipeRules.RequireItems(Losses, "losses"))
        {
            loss.Validate(field);
        }

        Require.Data(Losses.DistinctBy(loss => loss.Kind).Count() == Losses.Count,
            "losses must differ in kind, because logs name them by kind");
    }

    private void ValidateTeachers()
    {
        foreach (var (field, teacher) in RecipeRules.RequireItems(Teachers, "teachers"))
        {
            teacher.Validate(field);
        }

        var areUsed = Losses.Any(loss => loss.NeedsTeachers);
        Require.Data(Teachers.Count > 0 || !areUsed,
            "losses of kind in_batch_kl and in_batch_margin_mse need teachers");
        Require.Data(Teachers.Count == 0 || areUsed,
            "teachers need a loss of kind in_batch_kl or in_batch_margin_mse");
        ScoreScale.Validate();
    }

    private void ValidateRegularizers()
    {
        foreach (var (field, regularizer) in RecipeRules.RequireItems(Regularizers, "regularizers"))
        {
            regularizer.Validate(field);
        }

        Require.Data(Regularizers.DistinctBy(term => (term.Kind, term.Side)).Count() == Regularizers.Count,
            "regularizers of one side must differ in kind, because logs name them by side and kind");
    }

    private void ValidateSources()
    {
        Require.Data(Sources.Count > 0, "sources must not be empty");
        foreach (var (field, source) in RecipeRules.RequireItems(Sources, "sources"))
        {
            source.Validate(field);
        }

        Require.Data(
            !Losses.Any(loss => loss.NeedsTeacherScores) || Sources.Any(source => source.MayHaveTeacher),
            "losses of kind kl and margin_mse need a source with teacher scores and with negatives above 0: "
            + "a source of kind pairs, or one of kind judged with scores");
    }
}
