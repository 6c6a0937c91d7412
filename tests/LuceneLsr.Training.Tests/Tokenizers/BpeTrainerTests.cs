using CsCheck;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;
using LuceneLsr.Training.Tokenizers;

namespace LuceneLsr.Training.Tests.Tokenizers;

public class BpeTrainerTests
{
    private const int Bytes = 256;

    private static readonly Dictionary<string, long> Hugs =
        new() { ["hug"] = 10, ["pug"] = 5, ["pun"] = 12, ["bun"] = 4, ["hugs"] = 5 };

    // Few letters and small counts make pairs overlap, repeat and tie.
    private static readonly Gen<Dictionary<string, long>> WordCounts =
        Gen.Select(Gen.Char["abc"].Array[1, 8].Select(letters => new string(letters)), Gen.Long[1, 5]).Array[1, 8]
            .Select(words => words.GroupBy(word => word.Item1)
                .ToDictionary(group => group.Key, group => group.Sum(word => word.Item2)));

    [Fact]
    public void Train_merges_the_most_frequent_pair_at_each_step()
    {
        string[] expected =
        [
            "u g",    // 10 + 5 + 5 = 20; "h u" has 15, "p u" 17, "u n" 16
            "u n",    // 12 + 4 = 16; "p u" fell to 12, "h u" to 0
            "h ug",   // 10 + 5 = 15
            "p un",   // 12
            "p ug",   // 5, like "hug s", but the byte p has a smaller id than the token hug
            "hug s",  // 5
            "b un",   // 4; every word is now one token
        ];
        for (var size = 0; size <= expected.Length + 1; size++)
        {
            var (tokens, merges) = BpeTrainer.Train(Hugs, Bytes + size);
            Assert.Equal(expected.Take(size), merges);
            Assert.Equal(
                [
                    .. ByteLevelAlphabet.Characters.Order().Select(character => $"{character}"),
                    .. merges.Select(merge => merge.Replace(" ", "", StringComparison.Ordinal)),
                ],
                tokens);
        }
    }

    [Fact]
    public void Train_breaks_ties_by_the_smaller_left_id_then_the_smaller_right_id() =>
        Assert.Equal(["a b", "a c", "b a", "c a"], Merges(new() { ["ca"] = 3, ["ba"] = 3, ["ac"] = 3, ["ab"] = 3 }));

    [Fact]
    public void Train_merges_overlapping_pairs_from_the_left()
    {
        Assert.Equal(["a a", "aa a"], Merges(new() { ["aaa"] = 2 }));
        Assert.Equal(["a a", "aa aa"], Merges(new() { ["aaaa"] = 2 }));
    }

    [Fact]
    public void Train_does_not_merge_a_pair_that_occurs_once() =>
        Assert.Empty(Merges(new() { ["ab"] = 1, ["cd"] = 1 }));

    [Fact]
    public void Train_with_a_vocabulary_size_below_256_throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BpeTrainer.Train(Hugs, Bytes - 1));

    [Fact]
    public void Train_matches_naive_recounting_for_any_word_order() =>
        Gen.Select(WordCounts, Gen.Int[0, 20]).Sample((counts, maxMerges) => Assert.Equal(
            NaiveBpe.Train(counts, maxMerges).Select(merge => $"{merge.Left} {merge.Right}"),
            BpeTrainer.Train(counts.Reverse(), Bytes + maxMerges).Merges));

    [Fact]
    public void Saved_tokenizer_encodes_training_words_by_the_learned_merges() => WordCounts.Sample(
        counts =>
        {
            using var folder = new TemporaryFolder();
            var (tokens, merges) = BpeTrainer.Train(counts, Bytes + 6);
            TokenizerFile.Save(folder.Path, tokens, merges);
            var tokenizer = TextTokenizer.Load(folder.Path);
            var pairs = merges.Select(merge => merge.Split(' ')).Select(merge => (merge[0], merge[1])).ToList();
            Assert.All(counts.Keys, word =>
                Assert.Equal(NaiveBpe.Encode(word, pairs), tokenizer.Encode(word).Select(id => tokens[id])));
        },
        iter: 50);

    private static IReadOnlyList<string> Merges(Dictionary<string, long> wordCounts) =>
        BpeTrainer.Train(wordCounts, 1000).Merges;
}
