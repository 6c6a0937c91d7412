using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tokenizers.Models;

/// <summary>
/// Splits a word into the pieces with the largest sum of scores, found by dynamic programming (Kudo, "Subword
/// Regularization", 2018, arXiv 1804.10959). Consecutive characters that are not pieces become one unknown token.
/// </summary>
/// <remarks>Microsoft.ML.Tokenizers 2.0 has only the BPE model of SentencePiece.</remarks>
internal sealed class UnigramModel : WordModel
{
    private const double UnknownPenalty = 10; // below the smallest score, as in SentencePiece

    private readonly Dictionary<string, Piece>.AlternateLookup<ReadOnlySpan<char>> _pieces;
    private readonly int _longest;
    private readonly int _unknown;
    private readonly double _unknownScore;

    /// <summary>Creates the model.</summary>
    /// <param name="pieces">The pieces that can occur in a word. Of equal pieces the last counts.</param>
    /// <param name="unknown">The id of the unknown token.</param>
    /// <param name="minScore">The smallest score of the vocabulary.</param>
    public UnigramModel(IEnumerable<(string Text, int Id, double Score)> pieces, int unknown, double minScore)
    {
        var lookup = new Dictionary<string, Piece>(StringComparer.Ordinal);
        foreach (var (text, id, score) in pieces)
        {
            lookup[text] = new Piece(id, score);
        }

        Require.Data(lookup.Count > 0, "the vocabulary has no pieces");
        _pieces = lookup.GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = lookup.Keys.Max(text => text.Length);
        (_unknown, _unknownScore) = (unknown, minScore - UnknownPenalty);
    }

    /// <inheritdoc/>
    public override int Encode(string word, int maxTokens, List<int> ids, List<(int Start, int End)>? spans = null)
    {
        var steps = FindBestPath(word);
        var tokens = new Stack<(int Id, int End)>();
        for (var end = word.Length; end > 0; end = steps[end].Start)
        {
            var id = steps[end].Id;
            if (id != _unknown || !tokens.TryPeek(out var next) || next.Id != _unknown)
            {
                tokens.Push((id, end));
            }
        }

        var kept = tokens.Take(maxTokens).ToList();
        ids.AddRange(kept.Select(token => token.Id));
        spans?.AddRange(kept.Select((token, index) => (index == 0 ? 0 : kept[index - 1].End, token.End)));
        return kept.Count == 0 ? 0 : kept[^1].End;
    }

    // Returns the last step of the best path to each position.
    private Step[] FindBestPath(string word)
    {
        var steps = new Step[word.Length + 1];
        Array.Fill(steps, new Step(0, 0, double.NegativeInfinity), 1, word.Length);
        for (int start = 0, character; start < word.Length; start += character)
        {
            character = char.IsHighSurrogate(word[start]) ? 2 : 1;
            var rest = word.AsSpan(start);
            var score = steps[start].Score;
            var isKnown = false;
            for (var length = character; length <= Math.Min(_longest, rest.Length); length++)
            {
                if (_pieces.TryGetValue(rest[..length], out var piece))
                {
                    isKnown |= length == character;
                    Offer(ref steps[start + length], new Step(start, piece.Id, score + piece.Score));
                }
            }

            if (!isKnown)
            {
                Offer(ref steps[start + character], new Step(start, _unknown, score + _unknownScore));
            }
        }

        return steps;
    }

    private static void Offer(ref Step best, Step step)
    {
        if (step.Score > best.Score)
        {
            best = step;
        }
    }

    private readonly record struct Piece(int Id, double Score);

    private readonly record struct Step(int Start, int Id, double Score);
}
