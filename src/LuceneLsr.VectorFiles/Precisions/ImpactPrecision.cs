namespace LuceneLsr.VectorFiles.Precisions;

/// <summary>
/// The precision of integer impacts on both sides, as in an index of LuceneLsr, Anserini or Pyserini.
/// </summary>
/// <param name="scale">Quantizes weights to impacts.</param>
public sealed class ImpactPrecision(ImpactScale scale) : StoredPrecision
{
    /// <inheritdoc/>
    public override float ScoreUnit => 1 / (scale.Factor * scale.Factor);

    /// <inheritdoc/>
    public override float Store(float weight, TextSide side) => scale.Quantize(weight);
}
