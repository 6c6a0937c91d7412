using LuceneLsr.Tokenization.Terms;
using LuceneLsr.TestSupport;
using LuceneLsr.Training.Lexical;
using LuceneLsr.Training.Tests.Support;
using LuceneLsr.Training.Tokenizers;

namespace LuceneLsr.Training.Tests.Lexical;

public sealed class PassageStatisticsTests : IDisposable
{
    private static readonly string[] Words = ["cat", "cats", "dog", "the"];
    private static readonly int[] RowOfWord = [0, 0, 1, TokenRows.None];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Count_counts_each_token_and_term_once_per_passage_of_150_words()
    {
        var random = new Random(1);
        // zero to three passages per text
        string[][] texts = [.. Enumerable.Range(0, 40).Select(text => Enumerable.Range(0, random.Next(400))
            .Select(_ => Words[random.Next(0, 1 + (text % Words.Length))]).ToArray())];
        string[][] passages = [.. texts.SelectMany(text => text.Chunk(150))];

        var tokenizer = WordTokenizer.Write(_folder.Path, Words);
        var rowOfToken = Enumerable.Repeat(TokenRows.None, tokenizer.VocabularySize).ToArray();
        foreach (var (word, row) in Words.Zip(RowOfWord))
        {
            rowOfToken[tokenizer.Id(word)] = row;
        }

        var statistics = PassageStatistics.Count(
            texts.Select(text => string.Join("  \n", text)), tokenizer, rowOfToken, rows: 2,
            TestContext.Current.CancellationToken);
        Assert.Equal(passages.Length, statistics.Passages);
        Assert.All(Words, word => Assert.Equal(
            passages.Count(passage => passage.Contains(word)), statistics.TokenFrequency[tokenizer.Id(word)]));
        Assert.Equal(
            passages.Sum(passage => passage.Distinct().Count()), statistics.TokenFrequency.Sum()); // no other token
        Assert.Equal(
            [passages.Count(passage => passage.Contains("cat") || passage.Contains("cats")),
                passages.Count(passage => passage.Contains("dog"))],
            statistics.TermFrequency);
    }

    [Fact]
    public void ComputeIdf_of_a_term_in_every_passage_is_zero()
    {
        var statistics = new PassageStatistics(Passages: 7, TokenFrequency: [], TermFrequency: [7, 3, 0]);
        Assert.Equal(
            [Math.Log(8 / 8.0), Math.Log(8 / 4.0), Math.Log(8 / 1.0)],
            Enumerable.Range(0, 3).Select(statistics.ComputeIdf));
    }

    [Fact]
    public void Count_with_a_canceled_token_throws() => Assert.Throws<OperationCanceledException>(
        () => PassageStatistics.Count(
            ["a text"], WordTokenizer.Write(_folder.Path), Enumerable.Repeat(TokenRows.None, 256).ToArray(), 0,
            new CancellationToken(canceled: true)));
}
