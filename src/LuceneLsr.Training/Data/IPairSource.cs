namespace LuceneLsr.Training.Data;

/// <summary>
/// A source of training pairs. A batch comes from one source, so that all its negatives are of the same kind.
/// </summary>
internal interface IPairSource
{
    /// <summary>Gets the number of pairs.</summary>
    int Count { get; }

    /// <summary>Draws the pair at an index, with all its negatives.</summary>
    /// <param name="index">The index, from 0 to <see cref="Count"/> - 1.</param>
    /// <param name="random">Makes random choices, such as the sentence that serves as the query.</param>
    TrainingPair Draw(int index, Random random);
}
