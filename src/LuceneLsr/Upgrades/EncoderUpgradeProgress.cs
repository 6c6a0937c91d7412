namespace LuceneLsr.Upgrades;

/// <summary>The progress of an <see cref="EncoderUpgrade"/>.</summary>
/// <param name="EncodedDocuments">The number of documents that this run has encoded.</param>
/// <param name="RemainingDocuments">
/// The maximum number of documents that it has still to look at. Some may have their vectors already.
/// </param>
public readonly record struct EncoderUpgradeProgress(long EncodedDocuments, long RemainingDocuments);
