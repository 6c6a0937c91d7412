using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Training.Tasks;
using LuceneLsr.Training.Tests.Support;

namespace LuceneLsr.Training.Tests.Tasks;

public sealed class TokenMaskTests : IDisposable
{
    private static readonly int[][] Sequences =
        [.. Enumerable.Range(0, 50).Select(row => Enumerable.Range(1000 * row, 41).ToArray())];

    private readonly TemporaryFolder _folder = new();
    private readonly TextTokenizer _tokenizer;

    public TokenMaskTests() => _tokenizer = WordTokenizer.Write(_folder.Path, "one");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_share_of_each_sequence_is_hidden_but_never_its_first_token()
    {
        var (inputs, _) = Mask(0.2).Hide(Sequences, step: 0);
        Assert.All(inputs.Zip(Sequences), row =>
        {
            Assert.Equal(8, row.First.Zip(row.Second).Count(token => token.First != token.Second)); // of 40
            Assert.Equal(row.Second[0], row.First[0]);
        });
        Assert.All(Enumerable.Range(1, 40), position => // each is hidden now and then: all 50 spare it once in 70,000
            Assert.Contains(inputs.Zip(Sequences), row => row.First[position] != row.Second[position]));
    }

    [Fact]
    public void A_hidden_token_is_told_from_the_position_before_it_and_no_other_is()
    {
        var (inputs, targets) = Mask(0.3).Hide(Sequences, step: 0);
        Assert.All(inputs.Zip(targets, Sequences), row => Assert.All(Enumerable.Range(0, 41), position => Assert.Equal(
            position < 40 && row.First[position + 1] != row.Third[position + 1]
                ? row.Third[position + 1]
                : TokenMask.NoTarget,
            row.Second[position])));
    }

    [Fact]
    public void It_hides_behind_an_underscore()
    {
        var (inputs, _) = Mask(0.5).Hide([[1000, 1001]], step: 0);
        Assert.Equal([1000, _tokenizer.Id("_")], inputs[0]);
    }

    [Fact]
    public void What_is_given_stays_as_it_is()
    {
        var before = Sequences.Select(row => row.ToArray()).ToArray();
        Mask(0.5).Hide(Sequences, step: 0);
        Assert.Equal(before, Sequences);
    }

    [Fact]
    public void At_least_one_token_is_hidden()
    {
        var (_, targets) = Mask(0.01).Hide([[1, 2, 3], [4, 5]], step: 0);
        Assert.All(targets, row => Assert.Single(row, token => token != TokenMask.NoTarget));
    }

    [Fact]
    public void A_seed_and_a_step_fix_what_is_hidden()
    {
        Assert.Equal(Hidden(seed: 1, step: 3), Hidden(seed: 1, step: 3));
        Assert.NotEqual(Hidden(seed: 1, step: 3), Hidden(seed: 1, step: 4));
        Assert.NotEqual(Hidden(seed: 1, step: 3), Hidden(seed: 2, step: 3));

        int[][] Hidden(int seed, int step) => new TokenMask(_tokenizer, 0.2, seed).Hide(Sequences, step).Targets;
    }

    private TokenMask Mask(double share) => new(_tokenizer, share, seed: 1);
}
