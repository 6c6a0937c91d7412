using LuceneLsr.Tokenization.Terms;
using LuceneLsr.VectorFiles;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Loads files of precomputed vectors.</summary>
internal static class VectorFiles
{
    /// <summary>Loads the files.</summary>
    /// <param name="documents">The file of document vectors.</param>
    /// <param name="queries">The file of query vectors, or null if queries are encoded otherwise.</param>
    /// <param name="checkpoint">The checkpoint that encoded them.</param>
    /// <returns>
    /// The encoder, and the scale of each side: the checkpoint's, or the identity if the vectors are impacts already.
    /// </returns>
    public static (PrecomputedVectorEncoder Encoder, PerSide<ImpactScale> Scale) Load(
        string documents, string? queries, string checkpoint)
    {
        var encoder = new PrecomputedVectorEncoder(documents, queries, vocabularyId: documents);
        var scale = TermSpace.Load(checkpoint).Settings.ImpactScale;
        return (encoder, new(ScaleOf(TextSide.Query), ScaleOf(TextSide.Document)));

        ImpactScale ScaleOf(TextSide side) => encoder.HasImpacts(side) ? ImpactScale.Identity : scale;
    }
}
