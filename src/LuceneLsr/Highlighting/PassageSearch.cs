namespace LuceneLsr.Highlighting;

/// <summary>Finds the passages of texts that match a query best.</summary>
internal sealed class PassageSearch(
    ISourceEncoder encoder, QueryMatcher matcher, PassageOptions options, CancellationToken cancellationToken)
{
    /// <summary>
    /// Encodes all sentences, and then the best ones with their sources, which takes the most time.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<Passage>> FindInSentences(IReadOnlyList<string> texts)
    {
        var sentences = texts.Select(Split).ToList();
        string[] all = [.. texts.Zip(sentences).SelectMany(pair => pair.Second.Select(range => range.GetText(pair.First)))];
        var scores = encoder.EncodeAll(all, TextSide.Document, cancellationToken).Select(matcher.Score).GetEnumerator();
        var best = sentences.ConvertAll(ranges => Select([.. ranges.Select(range => (range, Next(scores)))]));
        string[] shown = [.. texts.Zip(best).SelectMany(pair => pair.Second
            .Select(passage => passage.Range.GetText(pair.First)))];
        var sourced = encoder.EncodeWithSources(shown, TextSide.Document, cancellationToken)
            .Select(matcher.FindWords).GetEnumerator();
        return best.ConvertAll(passages => (IReadOnlyList<Passage>)[.. passages.Select(passage => new Passage(
            passage.Range, passage.Score, [.. Next(sourced).Select(word => Move(word, passage.Range.Start))]))]);
    }

    /// <summary>Encodes the texts with their sources, and adds up the scores of the words of each sentence.</summary>
    public IReadOnlyList<IReadOnlyList<Passage>> FindExact(IReadOnlyList<string> texts) =>
        [.. encoder.EncodeWithSources(texts, TextSide.Document, cancellationToken)
            .Zip(texts, (vector, text) => FindExact(text, vector))];

    private IReadOnlyList<Passage> FindExact(string text, SourcedVector vector)
    {
        var (words, score) = (matcher.FindWords(vector), matcher.Score(vector.Vector));
        var passages = Split(text).Select(range => new Passage(
            range, Score: 0, [.. words.Where(word => word.Range.Start >= range.Start && word.Range.Start < range.End)]));
        return [.. Select([.. passages
            .Select(passage => (Passage: passage, passage.Words.Sum(word => word.Share) * score))])
            .Select(found => found.Range with { Score = found.Score })];
    }

    private List<TextRange> Split(string text) =>
        [.. options.SplitIntoSentences(text).TakeWhile(sentence => sentence.Start < options.MaxLength)];

    // The best ones, in the order of the text, or else the first one.
    private List<(T Range, double Score)> Select<T>(List<(T Range, double Score)> passages)
    {
        var best = passages.Index().Where(passage => passage.Item.Score > 0)
            .OrderByDescending(passage => passage.Item.Score).Take(options.MaxPassages)
            .OrderBy(passage => passage.Index).Select(passage => passage.Item).ToList();
        return best.Count > 0 ? best : [.. passages.Take(1)];
    }

    private static T Next<T>(IEnumerator<T> values) => values.MoveNext()
        ? values.Current
        : throw new InvalidOperationException("The encoder returned too few vectors.");

    private static MatchedWord Move(MatchedWord word, int start) =>
        word with { Range = word.Range with { Start = start + word.Range.Start } };
}
