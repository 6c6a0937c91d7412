using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Training.Tests.Tokenizers;

/// <summary>Byte-pair encoding as the papers describe it, which recounts all pairs for each merge.</summary>
internal static class NaiveBpe
{
    /// <summary>Learns up to <paramref name="maxMerges"/> merges.</summary>
    public static List<(string Left, string Right)> Train(IReadOnlyDictionary<string, long> wordCounts, int maxMerges)
    {
        List<string> ids = [.. ByteLevelAlphabet.Characters.Order().Select(character => character.ToString())];
        var merges = new List<(string Left, string Right)>();
        while (merges.Count < maxMerges)
        {
            var counted = wordCounts
                .SelectMany(word => Pairs(Encode(word.Key, merges)).Select(pair => (Pair: pair, word.Value)))
                .GroupBy(
                    occurrence => occurrence.Pair,
                    (pair, occurrences) => (Pair: pair, Count: occurrences.Sum(occurrence => occurrence.Value)))
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

    /// <summary>Splits a word into pieces by applying each merge in turn from left to right.</summary>
    public static List<string> Encode(string word, IEnumerable<(string Left, string Right)> merges)
    {
        List<string> pieces = [.. word.Select(character => character.ToString())];
        foreach (var (left, right) in merges)
        {
            for (var index = 0; index + 1 < pieces.Count; index++)
            {
                if (pieces[index] == left && pieces[index + 1] == right)
                {
                    pieces[index] = left + right;
                    pieces.RemoveAt(index + 1);
                }
            }
        }

        return pieces;
    }

    private static IEnumerable<(string Left, string Right)> Pairs(List<string> pieces) => pieces.Zip(pieces.Skip(1));
}
