namespace LuceneLsr.Tools.Trainer.Logs;

/// <summary>Figures of a run that are drawn together.</summary>
/// <param name="Title">What they are.</param>
/// <param name="Unit">Their unit.</param>
/// <param name="Figures">Their names in the log.</param>
internal sealed record CurvePanel(string Title, string Unit, params string[] Figures)
{
    private static readonly CurvePanel[] Known =
    [
        new("Cross-entropy", "nats", "loss", "saturated_loss"),
        new("InfoNCE", "nats", "info_nce"),
        new("KL divergence from the teacher", "nats", "kl"),
        new("MarginMSE", "squared score", "margin_mse"),
        new("FLOPS penalty", "before its weight", "flops_query", "flops_document") { IsLogarithmic = true },
        new("L1 penalty", "before its weight", "l1_query", "l1_document") { IsLogarithmic = true },
        new("DF-FLOPS penalty", "before its weight", "df_flops_query", "df_flops_document") { IsLogarithmic = true },
        new("Active terms", "terms a text", "query_terms", "document_terms") { IsLogarithmic = true },
        new("Expected FLOPS", "multiplications a pair", "expected_flops") { IsLogarithmic = true },
        new("Dead terms", "share of the vocabulary", "dead_share"),
        new("Active logits", "share", "active_share"),
        new("Gradient norm", "before clipping", "gradient_norm") { IsLogarithmic = true },
        new("Learning rate", "of the layers", "learning_rate") { IsExact = true },
        new("Speed", "tokens/s", "tokens_per_second"),
        new("Time of a step", "s", "seconds"),
    ];

    /// <summary>Whether they are drawn on a logarithmic axis where they range widely.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Whether they are set, not measured, and so need no smoothing.</summary>
    public bool IsExact { get; init; }

    /// <summary>The panels of a run's figures; one that is not known has a panel of its own.</summary>
    public static IEnumerable<CurvePanel> Of(IReadOnlyCollection<string> figures) => Known
        .Select(panel => panel with { Figures = [.. panel.Figures.Intersect(figures)] })
        .Where(panel => panel.Figures.Length > 0)
        .Concat(figures.Except(Known.SelectMany(panel => panel.Figures))
            .Select(name => new CurvePanel(name.Replace('_', ' '), "", name)));

    /// <summary>What tells a figure from the others of its panel.</summary>
    public static string LabelOf(string figure) =>
        figure.Split('_').FirstOrDefault(part => part is "query" or "document") ?? figure.Replace('_', ' ');
}
