namespace LuceneLsr.Tools.Trainer.Logs;

/// <summary>A panel of a run's plot: figures that are drawn together.</summary>
/// <param name="Title">The title.</param>
/// <param name="Unit">The unit of the figures.</param>
/// <param name="Figures">The names of the figures in the log.</param>
internal sealed record CurvePanel(string Title, string Unit, params string[] Figures)
{
    private static readonly CurvePanel[] Known =
    [
        new("Cross-entropy", "nats", "loss", "saturated_loss"),
        new("InfoNCE", "nats", "info_nce"),
        new("KL divergence from the teacher", "nats", "kl"),
        new("KL divergence from the teachers, in batch", "nats", "in_batch_kl", "table_in_batch_kl"),
        new("MarginMSE", "squared score", "margin_mse"),
        new("MarginMSE, in batch", "squared score", "in_batch_margin_mse", "table_in_batch_margin_mse"),
        new("FLOPS penalty", "unweighted", "flops_query", "flops_document") { IsLogarithmic = true },
        new("L1 penalty", "unweighted", "l1_query", "l1_document") { IsLogarithmic = true },
        new("DF-FLOPS penalty", "unweighted", "df_flops_query", "df_flops_document") { IsLogarithmic = true },
        new("Active terms", "terms per text", "query_terms", "document_terms") { IsLogarithmic = true },
        new("Expected FLOPS", "multiplications per pair", "expected_flops") { IsLogarithmic = true },
        new("Dead terms", "share of the vocabulary", "dead_share"),
        new("Active logits", "share", "active_share"),
        new("Gradient norm", "before clipping", "gradient_norm") { IsLogarithmic = true },
        new("Learning rate", "largest of all groups", "learning_rate") { IsExact = true },
        new("Speed", "tokens/s", "tokens_per_second"),
        new("Step time", "s", "seconds"),
    ];

    /// <summary>Gets whether the panel has a logarithmic axis when its figures range widely.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Gets whether the figures are set rather than measured, and so are not smoothed.</summary>
    public bool IsExact { get; init; }

    /// <summary>Creates the panels of figures; unknown figures get a panel each.</summary>
    public static IEnumerable<CurvePanel> CreateAll(IReadOnlyCollection<string> figures) => Known
        .Select(panel => panel with { Figures = [.. panel.Figures.Intersect(figures)] })
        .Where(panel => panel.Figures.Length > 0)
        .Concat(figures.Except(Known.SelectMany(panel => panel.Figures))
            .Select(name => new CurvePanel(name.Replace('_', ' '), "", name)));

    /// <summary>Gets the label of a figure in its panel: its side, or its name if it has none.</summary>
    public static string GetLabel(string figure) =>
        figure.Split('_').FirstOrDefault(part => part is "query" or "document") ?? figure.Replace('_', ' ');
}
