namespace LuceneLsr.Onnx.Export.Backbones;

/// <summary>The shape of an attention layer.</summary>
/// <param name="Heads">The number of query heads.</param>
/// <param name="KeyValueHeads">The number of key and value heads.</param>
/// <param name="HeadDim">The width of a head.</param>
internal sealed record AttentionShape(int Heads, int KeyValueHeads, int HeadDim);
