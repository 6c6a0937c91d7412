using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Training.Tasks;
using LuceneLsr.Training.Tests.Support;

namespace LuceneLsr.Training.Tests.Tasks;

public sealed class TokenMaskTests : IDisposable
{
    private static readonly int[][] Sequences =
        [.. Enumerable.Range(0, 50).Select(row => Enumerable.Range(1000 * row, 41).ToArray())];

    private static readonly int[][] MaskFree = Sequences[1..]; // [MASK] is 4

    private readonly TemporaryFolder _folder = new();
    private readonly TextTokenizer _tokenizer;

    public TokenMaskTests() => _tokenizer = WordTokenizer.Write(_folder.Path, "one");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Mask_hides_share_of_each_sequence_but_never_its_first_token()
    {
        var (inputs, _) = Mask(0.2).Apply(Sequences, step: 0);
        Assert.All(inputs.Zip(Sequences), row =>
        {
            Assert.Equal(8, row.First.Zip(row.Second).Count(token => token.First != token.Second)); // of 40
            Assert.Equal(row.Second[0], row.First[0]);
        });
        Assert.All(Enumerable.Range(1, 40), position => // all 50 rows miss a position once in 70,000 tries
            Assert.Contains(inputs.Zip(Sequences), row => row.First[position] != row.Second[position]));
    }

    [Fact]
    public void Targets_are_exactly_the_masked_tokens_at_the_position_before_them()
    {
        var (inputs, targets) = Mask(0.3).Apply(Sequences, step: 0);
        Assert.All(inputs.Zip(targets, Sequences), row => Assert.All(Enumerable.Range(0, 41), position => Assert.Equal(
            position < 40 && row.First[position + 1] != row.Third[position + 1]
                ? row.Third[position + 1]
                : TokenMask.NoTarget,
            row.Second[position])));
    }

    [Fact]
    public void Masked_token_is_replaced_by_underscore()
    {
        var (inputs, _) = Mask(0.5).Apply([[1000, 1001]], step: 0);
        Assert.Equal([1000, _tokenizer.Id("_")], inputs[0]);
    }

    [Fact]
    public void Mask_does_not_change_given_sequences()
    {
        var before = Sequences.Select(row => row.ToArray()).ToArray();
        Mask(0.5).Apply(Sequences, step: 0);
        Assert.Equal(before, Sequences);
    }

    [Fact]
    public void Mask_hides_at_least_one_token_per_sequence()
    {
        var (_, targets) = Mask(0.01).Apply([[1, 2, 3], [4, 5]], step: 0);
        Assert.All(targets, row => Assert.Single(row, token => token != TokenMask.NoTarget));
    }

    [Fact]
    public void Masked_positions_depend_only_on_seed_and_step()
    {
        Assert.Equal(Hidden(seed: 1, step: 3), Hidden(seed: 1, step: 3));
        Assert.NotEqual(Hidden(seed: 1, step: 3), Hidden(seed: 1, step: 4));
        Assert.NotEqual(Hidden(seed: 1, step: 3), Hidden(seed: 2, step: 3));

        int[][] Hidden(int seed, int step) =>
            TokenMask.ForCausalModel(_tokenizer, 0.2, seed).Apply(Sequences, step).Targets;
    }

    [Fact]
    public void Mask_of_masked_lm_hides_share_of_each_sequence_at_any_position()
    {
        var (inputs, _) = MaskedModelMask(0.2).Apply(MaskFree, step: 0);
        Assert.All(inputs.Zip(MaskFree), row =>
            Assert.Equal(8, row.First.Zip(row.Second).Count(token => token.First != token.Second))); // of 41
        Assert.All(Enumerable.Range(0, 41), position =>
            Assert.Contains(inputs.Zip(MaskFree), row => row.First[position] != row.Second[position]));
    }

    [Fact]
    public void Targets_of_masked_lm_are_exactly_the_masked_tokens_at_their_own_positions()
    {
        var (inputs, targets) = MaskedModelMask(0.3).Apply(MaskFree, step: 0);
        Assert.All(inputs.Zip(targets, MaskFree), row => Assert.All(Enumerable.Range(0, 41), position => Assert.Equal(
            row.First[position] == TinySentenceEncoder.GetToken("[MASK]")
                ? row.Third[position]
                : TokenMask.NoTarget,
            row.Second[position])));
        Assert.All(targets, row => Assert.Equal(12, row.Count(target => target != TokenMask.NoTarget)));
    }

    [Theory]
    [InlineData("[MASK]")]
    [InlineData("<mask>")]
    public void Masked_lm_masks_with_mask_token_of_tokenizer(string token)
    {
        string[] vocabulary = ["[UNK]", "[CLS]", "[SEP]", "cat", token];
        File.Delete(_folder.File("tokenizer.json"));
        File.WriteAllLines(_folder.File("vocab.txt"), vocabulary);
        var mask = TokenMask.ForMaskedModel(TextTokenizer.Load(_folder.Path), share: 0.99, seed: 1);
        Assert.Equal([4, 4], mask.Apply([[3, 3]], step: 0).Inputs[0]);
    }

    [Fact]
    public void Masked_lm_without_mask_token_is_rejected() => Assert.Equal(
        "The tokenizer has no token [MASK] or <mask>, with which a masked LM is trained. Use the tokenizer that the "
        + "model was pretrained with.",
        Assert.Throws<InvalidDataException>(() => TokenMask.ForMaskedModel(_tokenizer, 0.2, seed: 1)).Message);

    private TokenMask Mask(double share) => TokenMask.ForCausalModel(_tokenizer, share, seed: 1);

    private TokenMask MaskedModelMask(double share)
    {
        TinySentenceEncoder.Write(_folder.File("encoder"));
        return TokenMask.ForMaskedModel(TextTokenizer.Load(_folder.File("encoder")), share, seed: 1);
    }
}
