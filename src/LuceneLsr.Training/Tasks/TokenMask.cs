using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Training.Data;

namespace LuceneLsr.Training.Tasks;

/// <summary>
/// Replaces a share of the tokens with the tokenizer's underscore, because causal LMs have no mask token (LLM2Vec,
/// arXiv 2404.05961).
/// </summary>
internal sealed class TokenMask
{
    /// <summary>The target of a position from which nothing is predicted.</summary>
    public const int NoTarget = -1;

    private const int MaskStream = -2; // keeps these random numbers apart from those of the data order

    private readonly double _share;
    private readonly int _seed;
    private readonly int _token;

    /// <summary>Creates the mask.</summary>
    /// <param name="tokenizer">The tokenizer whose underscore masks.</param>
    /// <param name="share">The share of tokens to mask.</param>
    /// <param name="seed">The seed of the positions.</param>
    public TokenMask(TextTokenizer tokenizer, double share, int seed)
    {
        (_share, _seed) = (share, seed);
        _token = tokenizer.Encode("_")[^1]; // a word-start marker may precede it
    }

    /// <summary>Masks at least one token of each sequence, never the first, which has no position before it.</summary>
    /// <param name="sequences">The tokens of each sequence, at least two.</param>
    /// <param name="step">The step, which selects the positions.</param>
    /// <returns>
    /// The masked sequences, and for each position the next token if it is masked, else <see cref="NoTarget"/>.
    /// </returns>
    public (int[][] Inputs, int[][] Targets) Apply(int[][] sequences, int step)
    {
        var random = Seeds.CreateRandom(_seed, MaskStream, step);
        int[][] inputs = [.. sequences.Select(sequence => (int[])[.. sequence])];
        int[][] targets = [.. sequences.Select(sequence => Enumerable.Repeat(NoTarget, sequence.Length).ToArray())];
        for (var row = 0; row < sequences.Length; row++)
        {
            int[] positions = [.. Enumerable.Range(1, sequences[row].Length - 1)];
            random.Shuffle(positions);
            foreach (var position in positions.Take(Math.Max(1, (int)Math.Round(_share * positions.Length))))
            {
                targets[row][position - 1] = sequences[row][position];
                inputs[row][position] = _token;
            }
        }

        return (inputs, targets);
    }
}
