namespace LuceneLsr.Training.Tokenizers;

/// <summary>Learns a tokenizer from texts.</summary>
internal static class TokenizerTrainer
{
    /// <summary>
    /// Learns a byte-level BPE vocabulary of lower-cased words and writes it as <c>tokenizer.json</c>.
    /// </summary>
    /// <param name="directory">The directory to write to.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="vocabularySize">The maximum number of tokens.</param>
    /// <param name="report">Receives progress messages.</param>
    /// <param name="cancellationToken">Cancels counting.</param>
    /// <returns>The number of occurrences of each word, by its spelling in the byte-level alphabet.</returns>
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
