using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Training.Data;

namespace LuceneLsr.Training.Tasks;

/// <summary>
/// Hides a share of tokens behind one that says nothing: the tokenizer's underscore, as causal LMs have no mask token
/// (LLM2Vec, arXiv 2404.05961).
/// </summary>
internal sealed class TokenMask
{
    /// <summary>Stands for a position that is not to be predicted from.</summary>
    public const int NoTarget = -1;

    private readonly double _share;
    private readonly int _seed;
    private readonly int _token;

    public TokenMask(TextTokenizer tokenizer, double share, int seed)
    {
        (_share, _seed) = (share, seed);
        _token = tokenizer.Encode("_")[^1]; // a mark of a word's beginning may precede it
    }

    /// <summary>
    /// Hides tokens of sequences, at least one of each and never its first, which nothing precedes.
    /// </summary>
    /// <param name="sequences">The sequences' tokens, at least two each.</param>
    /// <param name="step">Other ones each step.</param>
    /// <returns>What is read; and for each position the token after it if that one is hidden.</returns>
    public (int[][] Inputs, int[][] Targets) Hide(int[][] sequences, int step)
    {
        var random = Seeds.CreateRandom(_seed, -2, step);
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
