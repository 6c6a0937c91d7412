using System.Text.Json;

namespace LuceneLsr.VectorFiles;

/// <summary>
/// What a file of vectors that is not complete was made with, and which of its windows are whole. JSONL: the settings,
/// then an <see cref="EncodedChunk"/> a line, each written when its vectors are on disk. A line without an end is one
/// that a kill cut off, and does not count; a crash of the machine may lose the last lines, and so windows.
/// </summary>
internal sealed class EncodingJournal : IDisposable
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly FileStream _file;
    private readonly List<EncodedChunk> _chunks = [];
    private readonly List<long> _ends = []; // where the line of each window ends

    private EncodingJournal(FileStream file) => _file = file;

    /// <summary>The settings; null where there is none yet.</summary>
    public IReadOnlyDictionary<string, string>? Settings { get; private set; }

    /// <summary>The windows, in the order of their texts.</summary>
    public IReadOnlyList<EncodedChunk> Chunks => _chunks;

    /// <summary>Opens a journal, or creates an empty one, for this process alone.</summary>
    /// <exception cref="IOException">Another process has it open.</exception>
    /// <exception cref="InvalidDataException">A line is damaged.</exception>
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

    /// <summary>Forgets everything and writes new settings.</summary>
    public void Restart(IReadOnlyDictionary<string, string> settings)
    {
        _file.SetLength(0);
        _chunks.Clear();
        _ends.Clear();
        Settings = settings;
        Write(settings);
    }

    /// <summary>Forgets the windows behind the first ones, and half a line at the end.</summary>
    /// <param name="count">The windows that stay, at least 1.</param>
    public void Cut(int count)
    {
        _file.SetLength(_ends[count - 1]);
        _file.Position = _file.Length;
        _chunks.RemoveRange(count, _chunks.Count - count);
        _ends.RemoveRange(count, _ends.Count - count);
    }

    /// <summary>Adds a window.</summary>
    public void Append(EncodedChunk window)
    {
        Write(window);
        _chunks.Add(window);
        _ends.Add(_file.Position);
    }

    public void Dispose() => _file.Dispose();

    private void Read()
    {
        using var reader = new BinaryReader(_file, System.Text.Encoding.UTF8, leaveOpen: true);
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
                    ?? throw new JsonException("There are no settings.");
            }
            else
            {
                _chunks.Add(JsonSerializer.Deserialize<EncodedChunk>(line, Json) is { Texts: > 0, End: > 0 } window
                    ? window
                    : throw new JsonException("There is no window."));
            }
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{_file.Name}: damaged. Delete it with the unfinished vectors.", error);
        }
    }

    private void Write<T>(T line)
    {
        _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, Json), (byte)'\n']);
        _file.Flush();
    }
}
