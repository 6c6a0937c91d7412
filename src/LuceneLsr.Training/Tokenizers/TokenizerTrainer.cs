namespace LuceneLsr.Training.Tokenizers;

/// <summary>Learns a tokenizer from texts.</summary>
internal static class TokenizerTrainer
{
    /// <summary>Writes a directory's <c>tokenizer.json</c>: byte-level BPE of lower-cased words.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="vocabularySize">Tokens to learn.</param>
    /// <param name="report">Told what is being done.</param>
    /// <param name="cancellationToken">Checked often.</param>
    /// <returns>How often each word stands in the texts.</returns>
    public static IReadOnlyDictionary<string, long> TrainAndSave(
        string directory, IEnumerable<string> texts, int vocabularySize, Action<string> report,
        CancellationToken cancellationToken)
    {
        report("Counting words");
        var counts = WordCounter.Count(texts, cancellationToken);
        report($"Learning {vocabularySize:N0} tokens from {counts.Count:N0} distinct words");
        var (tokens, merges) = BpeTrainer.Train(counts.Where(pair => pair.Value > 1), vocabularySize);
        TokenizerFile.Save(directory, tokens, merges);
        return counts;
    }
}
