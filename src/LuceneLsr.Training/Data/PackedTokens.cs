using System.Text.Json;
using System.Text.Json.Nodes;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Tokenizes texts and packs them end to end into sequences of equal length, epoch after epoch. Texts are shuffled
/// within a buffer as they stream by, in a new order in each epoch. A batch has one sequence of each lane. Each lane
/// packs its own texts, so that a long text does not fill a batch.
/// </summary>
internal sealed class PackedTokens : IDisposable
{
    private const int ShuffleBufferSize = 4096; // texts

    private readonly Func<IEnumerable<string>> _texts;
    private readonly Func<string, IReadOnlyList<int>> _tokenize;
    private readonly int _length;
    private readonly int _seed;
    private readonly List<int>[] _lanes;
    private IEnumerator<string>? _stream;
    private long _read;

    /// <summary>Creates a stream of batches.</summary>
    /// <param name="texts">Opens the stream of texts. It is called once per epoch.</param>
    /// <param name="tokenize">Tokenizes a text.</param>
    /// <param name="length">The number of tokens in a sequence.</param>
    /// <param name="lanes">The number of sequences in a batch.</param>
    /// <param name="seed">The seed of the order.</param>
    public PackedTokens(
        Func<IEnumerable<string>> texts, Func<string, IReadOnlyList<int>> tokenize, int length, int lanes, int seed)
    {
        (_texts, _tokenize, _length, _seed) = (texts, tokenize, length, seed);
        _lanes = [.. Enumerable.Range(0, lanes).Select(_ => new List<int>())];
    }

    /// <summary>
    /// Gets or sets the position in the texts. A new instance over the same texts that is set to the position continues
    /// with the same batches.
    /// </summary>
    /// <exception cref="InvalidDataException">The value is not a valid position.</exception>
    /// <exception cref="JsonException">The value is not a valid position.</exception>
    public JsonNode Position
    {
        get => JsonSerializer.SerializeToNode(new StreamPosition(_read, [.. _lanes.Select(lane => lane.ToArray())]))!;
        set
        {
            var position = PositionJson.Parse<StreamPosition>(value);
            if (position.Read is < 0 or > PositionJson.MaxCount || position.Pending.Length != _lanes.Length
                || position.Pending.Contains(null))
            {
                throw new InvalidDataException(
                    $"{JsonSerializer.Serialize(position)} is not a valid position in the texts.");
            }

            _stream?.Dispose();
            _stream = ReadEpochs().GetEnumerator();
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

    /// <summary>Reads the next batch.</summary>
    /// <returns>A sequence of token ids per lane.</returns>
    /// <exception cref="InvalidDataException">The texts are all blank.</exception>
    public int[][] Next() => [.. _lanes.Select(Next)];

    /// <inheritdoc/>
    public void Dispose() => _stream?.Dispose();

    private int[] Next(List<int> lane)
    {
        _stream ??= ReadEpochs().GetEnumerator();
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

    private IEnumerable<string> ReadEpochs()
    {
        for (var epoch = 0; ; epoch++)
        {
            var isBlank = true;
            foreach (var (index, buffer) in _texts().Chunk(ShuffleBufferSize).Index())
            {
                Seeds.CreateRandom(_seed, epoch, index).Shuffle(buffer);
                foreach (var text in buffer)
                {
                    isBlank &= string.IsNullOrWhiteSpace(text);
                    yield return text;
                }
            }

            if (isBlank)
            {
                throw new InvalidDataException("The training texts are all blank. Add texts to learn from.");
            }
        }
    }

    private sealed record StreamPosition(long Read, int[][] Pending);
}
