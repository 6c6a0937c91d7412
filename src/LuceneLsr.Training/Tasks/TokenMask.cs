using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Training.Data;

namespace LuceneLsr.Training.Tasks;

/// <summary>Masks a share of the tokens, which the model is to predict.</summary>
internal sealed class TokenMask
{
    /// <summary>The target of a position from which nothing is predicted.</summary>
    public const int NoTarget = -1;

    private const int MaskStream = -2; // keeps these random numbers apart from those of the data order

    private static readonly string[] MaskTokens = ["[MASK]", "<mask>"];

    private readonly double _share;
    private readonly int _seed;
    private readonly int _token;
    private readonly int _distance; // from the position that predicts a token to the token

    private TokenMask(int token, int distance, double share, int seed) =>
        (_token, _distance, _share, _seed) = (token, distance, share, seed);

    /// <summary>
    /// Creates the mask of a causal LM, which predicts a token from the position before it (masked next-token
    /// prediction; BehnamGhader et al., LLM2Vec, arXiv 2404.05961). It masks with the underscore, because causal LMs
    /// have no mask token.
    /// </summary>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="share">The share of tokens to mask.</param>
    /// <param name="seed">The seed of the positions.</param>
    public static TokenMask ForCausalModel(TextTokenizer tokenizer, double share, int seed) =>
        new(tokenizer.Encode("_")[^1], distance: 1, share, seed); // a word-start marker may precede the underscore

    /// <summary>
    /// Creates the mask of a masked LM, which predicts a token from its own position (Devlin et al., BERT, 2019).
    /// </summary>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="share">The share of tokens to mask.</param>
    /// <param name="seed">The seed of the positions.</param>
    /// <exception cref="InvalidDataException">The tokenizer has no mask token.</exception>
    public static TokenMask ForMaskedModel(TextTokenizer tokenizer, double share, int seed)
    {
        var token = Enumerable.Range(0, tokenizer.VocabularySize)
            .FirstOrDefault(id => MaskTokens.Contains(tokenizer.GetToken(id)), NoTarget);
        return token != NoTarget
            ? new(token, distance: 0, share, seed)
            : throw new InvalidDataException(
                $"The tokenizer has no token {string.Join(" or ", MaskTokens)}, with which a masked LM is trained. Use "
                + "the tokenizer that the model was pretrained with.");
    }

    /// <summary>
    /// Masks at least one token of each sequence, but none that would be predicted from before the sequence.
    /// </summary>
    /// <param name="sequences">The tokens of each sequence, at least two.</param>
    /// <param name="step">The step, which selects the positions.</param>
    /// <returns>
    /// The masked sequences, and for each position the token to predict from it, or <see cref="NoTarget"/>.
    /// </returns>
    public (int[][] Inputs, int[][] Targets) Apply(int[][] sequences, int step)
    {
        var random = Seeds.CreateRandom(_seed, MaskStream, step);
        int[][] inputs = [.. sequences.Select(sequence => (int[])[.. sequence])];
        int[][] targets = [.. sequences.Select(sequence => Enumerable.Repeat(NoTarget, sequence.Length).ToArray())];
        for (var row = 0; row < sequences.Length; row++)
        {
            int[] positions = [.. Enumerable.Range(_distance, sequences[row].Length - _distance)];
            random.Shuffle(positions);
            foreach (var position in positions.Take(Math.Max(1, (int)Math.Round(_share * positions.Length))))
            {
                targets[row][position - _distance] = sequences[row][position];
                inputs[row][position] = _token;
            }
        }

        return (inputs, targets);
    }
}
