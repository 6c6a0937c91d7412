namespace LuceneLsr.Tools.Soak.Indexes;

/// <summary>How a process writes documents.</summary>
internal enum WritingMode
{
    /// <summary>One by one, with <see cref="Documents.ImpactField"/>, and a commit every few hundred.</summary>
    Documents,

    /// <summary>In batches, with <see cref="Indexing.ImpactBulkWriter"/>.</summary>
    Bulk,

    /// <summary>With a commit every few documents.</summary>
    Commits,

    /// <summary>
    /// One by one, while an <see cref="Upgrades.EncoderUpgrade"/> gives the documents a second field of impacts.
    /// </summary>
    Upgrades,
}
