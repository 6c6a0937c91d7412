namespace LuceneLsr.Training.Data;

/// <summary>A source of pairs without negatives from a corpus in which negatives can be mined.</summary>
internal interface ICorpusPairs : IPairSource
{
    /// <summary>Gets the id and the full text of each document.</summary>
    IEnumerable<(string Id, string Text)> Documents { get; }
}
