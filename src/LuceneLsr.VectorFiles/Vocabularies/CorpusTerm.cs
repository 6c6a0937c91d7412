namespace LuceneLsr.VectorFiles.Vocabularies;

/// <summary>A term of a corpus.</summary>
/// <param name="Term">The term.</param>
/// <param name="Documents">The number of documents that contain it.</param>
public readonly record struct CorpusTerm(string Term, int Documents);
