using LuceneLsr.Files;

namespace LuceneLsr.Training.Recipes;

/// <summary>A contrastive run's data and settings.</summary>
public sealed record ContrastiveRecipe : RunRecipe
{
    /// <summary>
    /// Texts of a side that are encoded at once with a gradient (gradient caching, Gao et al., arXiv 2101.06983);
    /// null encodes a batch whole.
    /// </summary>
    public int? CacheChunk { get; init; }

    /// <summary>Tokens read of a query.</summary>
    public required int QueryTokens { get; init; }

    /// <summary>Tokens read of a document.</summary>
    public required int DocumentTokens { get; init; }

    /// <summary>The losses that are summed.</summary>
    public required IReadOnlyList<LossTerm> Losses { get; init; }

    /// <summary>The penalties that are added.</summary>
    public required IReadOnlyList<RegularizerTerm> Regularizers { get; init; }

    /// <summary>A text's largest weights that are kept, penalized and counted; 0 keeps all.</summary>
    public PerSide<int> TopTerms { get; init; } = PerSide.Both(0);

    /// <summary>Learns a table of query weights, if it is not null.</summary>
    public QueryTableSettings? QueryTable { get; init; }

    /// <summary>Where the pairs come from.</summary>
    public required IReadOnlyList<RecipeSource> Sources { get; init; }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require.Data(BatchSize > 1, "batch_size must be at least 2: the other pairs are the negatives");
        Require.Data(CacheChunk is null or > 0, "cache_chunk must be above zero");
        Require.Data(QueryTokens > 0 && DocumentTokens > 0, "query_tokens and document_tokens must be above zero");
        Require.Data(Losses.Count > 0 && Losses.All(loss => loss is not null),
            "losses must not be empty, nor one of them null");
        Require.Data(Losses.All(loss => IsPositive(loss.Weight) && IsPositive(loss.Temperature)),
            "each loss's weight and temperature must be finite and above zero");
        Require.Data(Losses.DistinctBy(loss => loss.Kind).Count() == Losses.Count,
            "losses must differ in kind, by which a log names them");
        ValidateRegularizers();
        Require.Data(TopTerms is { Query: >= 0, Document: >= 0 }, "top_terms must not be negative");
        Require.Data(QueryTable is null || IsPositive(QueryTable.LearningRate),
            "query_table.learning_rate must be finite and above zero");
        Require.Data(Sources.Count > 0 && Sources.All(source => source is not null),
            "sources must not be empty, nor one of them null");
        foreach (var source in Sources)
        {
            source.Validate();
        }

        Require.Data(Losses.All(loss => loss.Kind == LossKind.InfoNce) || Sources.Any(source => source.MayHaveTeacher),
            "kl and margin_mse need a source with a teacher's scores and with negatives above 0, which are what it "
            + "scored: pairs, or a judged source with scores");
    }

    private void ValidateRegularizers()
    {
        Require.Data(Regularizers.All(term => term is not null), "none of the regularizers may be null");
        Require.Data(Regularizers.All(term => IsNotNegative(term.Weight)),
            "each regularizer's weight must be finite and not negative");
        Require.Data(Regularizers.All(term => term.RampSteps >= 0 && term.AboveTerms >= 0),
            "each regularizer's ramp_steps and above_terms must not be negative");
        Require.Data(Regularizers.All(term => term.AboveTerms == 0 || term.Kind == RegularizerKind.Flops),
            "above_terms is a setting of the flops regularizer alone");
        Require.Data(Regularizers.DistinctBy(term => (term.Kind, term.Side)).Count() == Regularizers.Count,
            "regularizers of a side must differ in kind, by which a log names them");
    }
}
