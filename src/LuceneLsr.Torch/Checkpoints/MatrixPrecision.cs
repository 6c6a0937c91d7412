namespace LuceneLsr.Torch.Checkpoints;

/// <summary>The rule by which a model's precision becomes that of a matrix.</summary>
internal static class MatrixPrecision
{
    /// <summary>The precision of one matrix; the rule stands at <see cref="Precision.Int4"/>.</summary>
    public static Precision Of(Precision model, string name, long columns) =>
        model == Precision.Int4 && !(DecoderNames.IsOfLayer(name) && GroupQuantization.Fits(columns))
            ? Precision.Int8
            : model;
}
