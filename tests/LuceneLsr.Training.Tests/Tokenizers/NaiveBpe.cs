using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Training.Tests.Tokenizers;

/// <summary>Byte-pair encoding as its papers describe it, counting everything anew for each merge.</summary>
internal static class NaiveBpe
{
    /// <summary>The merges, at most so many.</summary>
    public static List<(string Left, string Right)> Train(IReadOnlyDictionary<string, long> wordCounts, int most)
    {
        List<string> ids = [.. ByteLevelAlphabet.Characters.Order().Select(character => character.ToString())];
        var merges = new List<(string Left, string Right)>();
        while (merges.Count < most)
        {
            var counted = wordCounts
                .SelectMany(word => Pairs(Encode(word.Key, merges)).Select(pair => (Pair: pair, word.Value)))
                .GroupBy(
                    occurrence => occurrence.Pair,
                    (pair, occurrences) => (Pair: pair, Count: occurrences.Sum(one => one.Value)))
                .Where(pair => pair.Count > 1)
                .OrderByDescending(pair => pair.Count)
                .ThenBy(pair => ids.IndexOf(pair.Pair.Left))
                .ThenBy(pair => ids.IndexOf(pair.Pair.Right))
                .ToList();
            if (counted.Count == 0)
            {
                break;
            }

            merges.Add(counted[0].Pair);
            ids.Add(counted[0].Pair.Left + counted[0].Pair.Right);
        }

        return merges;
    }

    /// <summary>The pieces of a word after the merges, applied one after the other from left to right.</summary>
    public static List<string> Encode(string word, IEnumerable<(string Left, string Right)> merges)
    {
        List<string> pieces = [.. word.Select(character => character.ToString())];
        foreach (var (left, right) in merges)
        {
            for (var at = 0; at + 1 < pieces.Count; at++)
            {
                if (pieces[at] == left && pieces[at + 1] == right)
                {
                    pieces[at] = left + right;
                    pieces.RemoveAt(at + 1);
                }
            }
        }

        return pieces;
    }

    private static IEnumerable<(string Left, string Right)> Pairs(List<string> pieces) => pieces.Zip(pieces.Skip(1));
}
