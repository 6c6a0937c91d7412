using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Tokenization.Encoders;

/// <summary>
/// The rule that turns the logits of a text's positions into weights: f(ReLU(scale x pooled / length)), where f is the
/// saturation. <see cref="TermPooling.SaturatedSum"/> pools after f instead of before it, <see
/// cref="TermPooling.Mean"/> the states before the head.
/// </summary>
/// <param name="Pooling">How logits are pooled over positions.</param>
/// <param name="LogitScale">The factor that every logit is multiplied by.</param>
/// <param name="Length">The normalization by the number of pooled positions, or null for none.</param>
/// <param name="Saturation">The function f.</param>
internal sealed record PoolingRule(
    TermPooling Pooling = TermPooling.Max, double LogitScale = 1, LengthNormalization? Length = null,
    Saturation Saturation = Saturation.Log)
{
    /// <summary>Gets the rule of a side.</summary>
    public static PoolingRule For(LsrSettings settings, TextSide side) => new(
        settings.Pooling[side], settings.LogitScale,
        side == TextSide.Document ? settings.DocumentLengthNormalization : null,
        settings.Saturation[side]);
}
