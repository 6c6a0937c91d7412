using CsCheck;
using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;

namespace LuceneLsr.Tokenization.Tests.Encoders;

public class SourceEncodingTests
{
    private static readonly string[] Words = ["cat", "dog", "film", "movie", "run", "runs", "tag"];

    private static readonly Gen<string[]> SomeWords =
        Gen.Int[0, Words.Length - 1].Array[1, 12].Select(indices => indices.Select(index => Words[index]).ToArray());

    [Theory]
    [InlineData(TermPooling.Max)]
    [InlineData(TermPooling.Sum)]
    [InlineData(TermPooling.SaturatedSum)]
    public void Sources_equal_positions_pooled_one_by_one(TermPooling pooling)
    {
        using var encoder = TableEncoder.Create(new() { Pooling = PerSide.Both(pooling), MaxTerms = new(1000, 1000) });
        SomeWords.Sample(words =>
        {
            var text = string.Join(" ", words);
            var sourced = encoder.EncodeWithSources([text], TextSide.Query)[0];
            Assert.Equal(encoder.Encode(text, TextSide.Query).Entries, sourced.Vector.Entries);
            Assert.Equal(
                sourced.Vector.Entries, sourced.Sources.Select(source => new TermWeight(source.Term, source.Weight)));
            Assert.All(sourced.Sources, source => Assert.Equal(
                encoder.FindPosition(source.Term, words.Length), FindWord(text, source.Word!.Value)));
        });
    }

    [Fact]
    public void Sources_of_windows_are_words_of_the_whole_text()
    {
        using var encoder = TableEncoder.Create(new()
        {
            MaxTokens = new(8, 5), DocumentStride = 2, MaxTerms = new(1000, 1000),
        });
        SomeWords.Sample(words =>
        {
            var text = string.Join(" ", words);
            var sourced = encoder.EncodeWithSources([text], TextSide.Document)[0];
            Assert.Equal(encoder.Encode(text, TextSide.Document).Entries, sourced.Vector.Entries);
            var windows = TokenWindow.Split(0, new int[words.Length], 5, 2);
            Assert.All(sourced.Sources, source => Assert.Contains(
                FindWord(text, source.Word!.Value),
                windows.Select(window => window.Start + encoder.FindPosition(source.Term, window.Tokens.Count))));
        });
    }

    private static int FindWord(string text, TextRange range) =>
        text[..range.Start].Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    // The weight of a row depends on the position of a token and on nothing else.
    private sealed class TableEncoder(TermSpace space) : ModelEncoder(space, new TextLayout(space, bosToken: null))
    {
        private readonly TermSpace _space = space;

        internal override string? CheckpointDirectory => null;

        internal override string ModelName => "table";

        public static TableEncoder Create(LsrSettings settings)
        {
            using var folder = new TemporaryFolder();
            TinyTermSpace.Write(folder, settings);
            return new TableEncoder(TermSpace.Load(folder.Path));
        }

        // The position with the largest logit, of the term's row with the largest weight.
        public int FindPosition(string term, int count)
        {
            int[] positions = [.. Enumerable.Range(0, count)];
            var row = Enumerable.Range(0, _space.Terms.Count).Where(row => _space.Terms[row] == term)
                .MaxBy(row => ComputeWeight(row, positions, Settings.Pooling.Query));
            return positions.MaxBy(position => GetLogit(row, position));
        }

        public override void Dispose()
        {
        }

        internal override float[] ComputeWeights(IReadOnlyList<TokenSequence> batch, TextSide side) =>
            [.. batch.SelectMany(sequence => Enumerable.Range(0, _space.Terms.Count)
                .Select(row => ComputeWeight(row, sequence.Pooled, Settings.Pooling[side])))];

        private static float ComputeWeight(int row, IReadOnlyList<int> positions, TermPooling pooling)
        {
            var logits = positions.Select(position => MathF.Max(0, GetLogit(row, position)));
            return pooling switch
            {
                TermPooling.Max => MathF.Log(1 + logits.Max()),
                TermPooling.Sum => MathF.Log(1 + logits.Sum()),
                _ => logits.Sum(logit => MathF.Log(1 + logit)),
            };
        }

        private static float GetLogit(int row, int position) => (((row * 7919) + (position * 104729)) % 1009) - 300;
    }
}
