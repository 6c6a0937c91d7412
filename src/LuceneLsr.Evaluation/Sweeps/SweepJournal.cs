using System.Text;
using System.Text.Json;

namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>
/// The results of a sweep so far, in a file of one JSON object per line: first the inputs, then the effect of each point
/// as it is measured, and the costs of all points, which are measured together. A kill loses at most the last line.
/// </summary>
internal sealed class SweepJournal : IDisposable
{
    private readonly Dictionary<string, PointEffect> _effects = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly FileStream _file;

    private SweepJournal(string path) => (_path, _file) =
        (path, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));

    /// <summary>Gets the effects by the names of points.</summary>
    public IReadOnlyDictionary<string, PointEffect> Effects => _effects;

    /// <summary>Gets the costs of the last time by the names of points, or null.</summary>
    public IReadOnlyDictionary<string, PointCost>? Costs { get; private set; }

    /// <summary>Gets the number of hits per query that the costs are for, or null.</summary>
    public int? TimedHits { get; private set; }

    /// <summary>Opens or creates a journal.</summary>
    /// <param name="path">The file.</param>
    /// <param name="inputs">Everything else that the results depend on.</param>
    /// <exception cref="InvalidOperationException">The journal has other inputs.</exception>
    /// <exception cref="InvalidDataException">A line is malformed.</exception>
    /// <exception cref="IOException">Another process uses the file.</exception>
    public static SweepJournal Open(string path, IReadOnlyDictionary<string, string> inputs)
    {
        var journal = new SweepJournal(path);
        try
        {
            journal.Load(inputs);
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Adds the effect of a point.</summary>
    public void Add(string point, PointEffect effect)
    {
        lock (_effects)
        {
            _effects[point] = effect;
            Append(new() { Point = point, Effect = effect });
        }
    }

    /// <summary>Replaces the costs.</summary>
    public void SetCosts(int timedHits, IReadOnlyDictionary<string, PointCost> costs)
    {
        (TimedHits, Costs) = (timedHits, costs);
        Append(new() { TimedHits = timedHits, Costs = new(costs, StringComparer.Ordinal) });
    }

    public void Dispose() => _file.Dispose();

    private void Load(IReadOnlyDictionary<string, string> inputs)
    {
        var lines = ReadCompleteLines();
        foreach (var (index, text) in lines.Index())
        {
            var line = Parse(text, index + 1);
            if (index == 0)
            {
                RequireSame(line.Inputs!, inputs);
            }
            else if (line.Costs is { } costs)
            {
                (TimedHits, Costs) = (line.TimedHits, costs);
            }
            else
            {
                _effects[line.Point!] = line.Effect!;
            }
        }

        if (lines.Length == 0)
        {
            Append(new() { Inputs = new(inputs, StringComparer.Ordinal) });
        }
    }

    // Cuts off the half line that a kill left.
    private string[] ReadCompleteLines()
    {
        var bytes = new byte[_file.Length];
        _file.ReadExactly(bytes);
        var length = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        _file.SetLength(length);
        _file.Position = length;
        return Encoding.UTF8.GetString(bytes, 0, length).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private Line Parse(string text, int number)
    {
        try
        {
            if (JsonSerializer.Deserialize<Line>(text) is { } line
                && (number == 1 ? line.Inputs is not null : line.Costs is not null || line is { Point: { }, Effect: { } }))
            {
                return line;
            }
        }
        catch (JsonException)
        {
            // reported below
        }

        throw new InvalidDataException(
            $"{_path}, line {number}: not a line of a sweep. Delete the line, or the file to start over.");
    }

    private void RequireSame(Dictionary<string, string> former, IReadOnlyDictionary<string, string> inputs)
    {
        foreach (var name in former.Keys.Union(inputs.Keys, StringComparer.Ordinal))
        {
            string before = former.GetValueOrDefault(name, "none"), now = inputs.GetValueOrDefault(name, "none");
            if (before != now)
            {
                throw new InvalidOperationException(
                    $"{_path} belongs to a sweep with {name} {before}, not {now}. Use the same inputs or another "
                    + "folder, or delete this folder to start over.");
            }
        }
    }

    private void Append(Line line)
    {
        _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(line), (byte)'\n']);
        _file.Flush(flushToDisk: true);
    }

    private sealed record Line
    {
        public Dictionary<string, string>? Inputs { get; init; }

        public string? Point { get; init; }

        public PointEffect? Effect { get; init; }

        public int? TimedHits { get; init; }

        public Dictionary<string, PointCost>? Costs { get; init; }
    }
}
