using System.Text;
using System.Text.Json;

namespace LuceneLsr.VectorFiles;

/// <summary>
/// The journal of an incomplete vector file: its settings and its complete chunks. A JSONL file with the settings on
/// the first line and one <see cref="EncodedChunk"/> per line after it, written once its vectors are on disk. An
/// unterminated line was cut off when the process was killed and is ignored. A crash of the machine may lose the last
/// lines.
/// </summary>
internal sealed class EncodingJournal : IDisposable
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly FileStream _file;
    private readonly List<EncodedChunk> _chunks = [];
    private readonly List<long> _ends = []; // the end of the line of each chunk

    private EncodingJournal(FileStream file) => _file = file;

    /// <summary>Gets the settings, or null if none are written yet.</summary>
    public IReadOnlyDictionary<string, string>? Settings { get; private set; }

    /// <summary>Gets the chunks in the order of their texts.</summary>
    public IReadOnlyList<EncodedChunk> Chunks => _chunks;

    /// <summary>Opens or creates a journal for exclusive use by this process.</summary>
    /// <exception cref="IOException">Another process has the journal open.</exception>
    /// <exception cref="InvalidDataException">A line is malformed.</exception>
    public static EncodingJournal Open(string path)
    {
        var journal = new EncodingJournal(
            new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        try
        {
            journal.Read();
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Clears the journal and writes new settings.</summary>
    public void Restart(IReadOnlyDictionary<string, string> settings)
    {
        _file.SetLength(0);
        _chunks.Clear();
        _ends.Clear();
        Settings = settings;
        Write(settings);
    }

    /// <summary>Removes all but the first chunks, and an unterminated line at the end.</summary>
    /// <param name="count">The number of chunks to keep, at least 1.</param>
    public void Truncate(int count)
    {
        _file.SetLength(_ends[count - 1]);
        _file.Position = _file.Length;
        _chunks.RemoveRange(count, _chunks.Count - count);
        _ends.RemoveRange(count, _ends.Count - count);
    }

    /// <summary>Appends a chunk.</summary>
    public void Append(EncodedChunk chunk)
    {
        Write(chunk);
        _chunks.Add(chunk);
        _ends.Add(_file.Position);
    }

    public void Dispose() => _file.Dispose();

    private void Read()
    {
        using var reader = new BinaryReader(_file, Encoding.UTF8, leaveOpen: true);
        var bytes = reader.ReadBytes(checked((int)_file.Length));
        var start = 0;
        while (bytes.AsSpan(start).IndexOf((byte)'\n') is >= 0 and var length)
        {
            ReadLine(bytes.AsSpan(start, length));
            start += length + 1;
            if (_chunks.Count > _ends.Count)
            {
                _ends.Add(start);
            }
        }
    }

    private void ReadLine(ReadOnlySpan<byte> line)
    {
        try
        {
            if (Settings is null)
            {
                Settings = JsonSerializer.Deserialize<Dictionary<string, string>>(line, Json)
                    ?? throw new JsonException("Settings are missing.");
            }
            else
            {
                _chunks.Add(JsonSerializer.Deserialize<EncodedChunk>(line, Json) is { Texts: > 0, End: > 0 } chunk
                    ? chunk
                    : throw new JsonException("A chunk is missing."));
            }
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(
                $"{_file.Name}: malformed journal. Delete it together with the incomplete vectors.", error);
        }
    }

    private void Write<T>(T line)
    {
        _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, Json), (byte)'\n']);
        _file.Flush();
    }
}
