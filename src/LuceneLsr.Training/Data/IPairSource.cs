namespace LuceneLsr.Training.Data;

/// <summary>
/// Where training pairs come from. A batch is drawn from one source, so that its negatives are of one kind.
/// </summary>
internal interface IPairSource
{
    /// <summary>How many pairs the source can give before it repeats itself.</summary>
    int Count { get; }

    /// <summary>The pair of an index from 0 to <see cref="Count"/> - 1, with every negative that it has.</summary>
    /// <param name="index">The index.</param>
    /// <param name="random">For what is drawn anew each time, a sentence.</param>
    TrainingPair Draw(int index, Random random);
}

/// <summary>Pairs without negatives, from a corpus in which they can be mined.</summary>
internal interface ICorpusPairs : IPairSource
{
    /// <summary>Every document's id and whole text.</summary>
    IEnumerable<(string Id, string Text)> Documents { get; }
}
