using System.Runtime.InteropServices;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Training.Tokenizers;

/// <summary>
/// Learns a byte-level byte-pair encoding (Sennrich et al., 2016; Radford et al., 2019). Starting from the 256 bytes,
/// it merges the most frequent pair of adjacent tokens into a new token until the vocabulary is full. Ties go to the
/// pair with the smaller ids, so the result depends on the counts only.
/// </summary>
internal sealed class BpeTrainer
{
    private const int ByteCount = 256;
    private const int MinPairCount = 2;

    private readonly List<string> _tokens =
        [.. ByteLevelAlphabet.Characters.Order().Select(character => character.ToString())];
    private readonly List<string> _merges = [];
    private readonly List<int[]> _words = [];
    private readonly List<long> _counts = [];
    private readonly Dictionary<(int, int), long> _pairCounts = [];
    private readonly Dictionary<(int, int), HashSet<int>> _pairWords = [];
    private readonly PriorityQueue<(int Left, int Right), (long Count, int Left, int Right)> _queue =
        new(Comparer<(long Count, int Left, int Right)>.Create((x, y) =>
            (-x.Count, x.Left, x.Right).CompareTo((-y.Count, y.Left, y.Right))));

    private BpeTrainer(IEnumerable<KeyValuePair<string, long>> wordCounts)
    {
        var ids = _tokens.Index().ToDictionary(pair => pair.Item[0], pair => pair.Index);
        foreach (var (word, count) in wordCounts)
        {
            _words.Add([.. word.Select(character => ids[character])]);
            _counts.Add(count);
            AddPairs(_words.Count - 1, +1);
        }
    }

    /// <summary>Learns a vocabulary.</summary>
    /// <param name="wordCounts">Pre-tokens in <see cref="ByteLevelAlphabet"/> and their numbers of occurrences.</param>
    /// <param name="vocabularySize">
    /// The maximum number of tokens, at least 256. The vocabulary is smaller if no pair occurs twice any more.
    /// </param>
    /// <returns>The tokens by id and the merges in order, as in <c>tokenizer.json</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="vocabularySize"/> is below 256.</exception>
    public static (IReadOnlyList<string> Tokens, IReadOnlyList<string> Merges) Train(
        IEnumerable<KeyValuePair<string, long>> wordCounts, int vocabularySize)
    {
        ArgumentNullException.ThrowIfNull(wordCounts);
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, ByteCount);
        var trainer = new BpeTrainer(wordCounts);
        foreach (var (pair, count) in trainer._pairCounts)
        {
            trainer._queue.Enqueue(pair, (count, pair.Item1, pair.Item2));
        }

        while (trainer._tokens.Count < vocabularySize && trainer.MergeMostFrequent())
        {
        }

        return (trainer._tokens, trainer._merges);
    }

    private bool MergeMostFrequent()
    {
        while (_queue.TryDequeue(out var pair, out var rank))
        {
            var current = _pairCounts.GetValueOrDefault(pair);
            if (current == rank.Count && current >= MinPairCount)
            {
                Merge(pair);
                return true;
            }

            if (current >= MinPairCount && current < rank.Count)
            {
                // Other merges used up some of its occurrences after it was queued.
                _queue.Enqueue(pair, (current, pair.Left, pair.Right));
            }
        }

        return false;
    }

    private void Merge((int Left, int Right) pair)
    {
        var merged = _tokens.Count;
        _tokens.Add(_tokens[pair.Left] + _tokens[pair.Right]);
        _merges.Add($"{_tokens[pair.Left]} {_tokens[pair.Right]}");
        var grown = new HashSet<(int, int)>();
        foreach (var word in _pairWords[pair].ToArray())
        {
            AddPairs(word, -1);
            _words[word] = Replace(_words[word], pair, merged);
            AddPairs(word, +1);
            grown.UnionWith(GetPairs(_words[word]).Where(next => next.Item1 == merged || next.Item2 == merged));
        }

        foreach (var next in grown)
        {
            _queue.Enqueue(next, (_pairCounts[next], next.Item1, next.Item2));
        }
    }

    private void AddPairs(int word, int sign)
    {
        foreach (var pair in GetPairs(_words[word]))
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairCounts, pair, out _);
            count += sign * _counts[word];
            ref var words = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairWords, pair, out _);
            words ??= [];
            if (sign > 0)
            {
                words.Add(word);
            }
            else
            {
                words.Remove(word);
            }
        }
    }

    private static IEnumerable<(int, int)> GetPairs(int[] word) => word.Zip(word.Skip(1));

    private static int[] Replace(int[] word, (int Left, int Right) pair, int merged)
    {
        var result = new List<int>(word.Length);
        for (var index = 0; index < word.Length; index++)
        {
            var matches = index + 1 < word.Length && word[index] == pair.Left && word[index + 1] == pair.Right;
            result.Add(matches ? merged : word[index]);
            index += matches ? 1 : 0;
        }

        return [.. result];
    }
}
