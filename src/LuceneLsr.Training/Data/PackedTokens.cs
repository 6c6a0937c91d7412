using System.Text.Json;
using System.Text.Json.Nodes;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Texts tokenized and packed end to end into sequences of one length; read from the start again when they end. Texts
/// are shuffled within a window of them as they stream by, each round in another order. A batch has as many lanes as
/// sequences, each of which goes through texts of its own, so that a long text does not fill a batch.
/// </summary>
internal sealed class PackedTokens : IDisposable
{
    private const int Window = 4096; // texts

    private readonly Func<IEnumerable<string>> _texts;
    private readonly Func<string, IReadOnlyList<int>> _tokenize;
    private readonly int _length;
    private readonly int _seed;
    private readonly List<int>[] _lanes;
    private IEnumerator<string>? _stream;
    private long _read;

    /// <summary>Opens the texts.</summary>
    /// <param name="texts">Opens their stream anew.</param>
    /// <param name="tokenize">A text's tokens.</param>
    /// <param name="length">Tokens a sequence.</param>
    /// <param name="lanes">Sequences a batch.</param>
    /// <param name="seed">Fixes the order.</param>
    public PackedTokens(
        Func<IEnumerable<string>> texts, Func<string, IReadOnlyList<int>> tokenize, int length, int lanes, int seed)
    {
        (_texts, _tokenize, _length, _seed) = (texts, tokenize, length, seed);
        _lanes = [.. Enumerable.Range(0, lanes).Select(_ => new List<int>())];
    }

    /// <summary>How far the texts were read: set on a new object of the same texts, it goes on from there.</summary>
    /// <exception cref="InvalidDataException">It is no position.</exception>
    /// <exception cref="JsonException">It is no position.</exception>
    public JsonNode Position
    {
        get => JsonSerializer.SerializeToNode(new StreamPosition(_read, [.. _lanes.Select(lane => lane.ToArray())]))!;
        set
        {
            var position = value.Deserialize<StreamPosition>(PositionJson.Options)!;
            if (position.Read < 0 || position.Pending.Length != _lanes.Length || position.Pending.Contains(null))
            {
                throw new InvalidDataException($"{JsonSerializer.Serialize(position)} is no position in the texts.");
            }

            _stream?.Dispose();
            _stream = Texts().GetEnumerator();
            for (_read = 0; _read < position.Read; _read++)
            {
                _stream.MoveNext();
            }

            foreach (var (lane, pending) in _lanes.Zip(position.Pending))
            {
                lane.Clear();
                lane.AddRange(pending);
            }
        }
    }

    /// <summary>The next batch: a sequence of each lane.</summary>
    /// <exception cref="InvalidDataException">The texts are all empty.</exception>
    public int[][] Next() => [.. _lanes.Select(Next)];

    /// <inheritdoc/>
    public void Dispose() => _stream?.Dispose();

    private int[] Next(List<int> lane)
    {
        _stream ??= Texts().GetEnumerator();
        while (lane.Count < _length)
        {
            _stream.MoveNext();
            _read++;
            lane.AddRange(_tokenize(_stream.Current));
        }

        int[] sequence = [.. lane.Take(_length)];
        lane.RemoveRange(0, _length);
        return sequence;
    }

    private IEnumerable<string> Texts()
    {
        for (var round = 0; ; round++)
        {
            var isEmpty = true;
            foreach (var (index, window) in _texts().Chunk(Window).Index())
            {
                Seeds.CreateRandom(_seed, round, index).Shuffle(window);
                foreach (var text in window)
                {
                    isEmpty &= string.IsNullOrWhiteSpace(text);
                    yield return text;
                }
            }

            if (isEmpty)
            {
                throw new InvalidDataException("The texts hold not one token to learn from.");
            }
        }
    }

    private sealed record StreamPosition(long Read, int[][] Pending);
}
