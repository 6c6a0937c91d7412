namespace LuceneLsr.Evaluation.Drift;

/// <summary>How a search engine stores vectors.</summary>
/// <param name="Name">The name of the engine or format.</param>
/// <param name="Store">Returns the vector that the engine computes with.</param>
/// <param name="ScoreUnit">
/// The factor that turns a score of the engine into a dot product of the original weights, apart from rounding.
/// </param>
public sealed record StoredVectors(string Name, Func<SparseVector, TextSide, SparseVector> Store, double ScoreUnit = 1);
