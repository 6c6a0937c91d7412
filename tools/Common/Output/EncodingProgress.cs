using System.Collections.Concurrent;
using System.Diagnostics;
using LuceneLsr.Files;
using LuceneLsr.VectorFiles;
using Spectre.Console;

namespace LuceneLsr.Tools.Common.Output;

/// <summary>
/// A progress bar of the input's bytes, because its number of lines is unknown, with documents per second and time left
/// since the start of this run.
/// </summary>
public sealed class EncodingProgress
{
    private readonly ProgressTask _task;
    private readonly Stopwatch _watch = new();
    private readonly ConcurrentQueue<double> _shares = new(); // of records read but not reported yet
    private long _reported;
    private double _share;
    private double _shareBefore;

    private EncodingProgress(ProgressTask task) => _task = task;

    /// <summary>Runs work under a progress bar.</summary>
    public static void Run(Action<EncodingProgress> work) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
        .Start(context => work(new EncodingProgress(context.AddTask("Encoding", maxValue: 1))));

    /// <summary>Passes records through and notes the share read at each, perhaps on another thread.</summary>
    public IEnumerable<JsonRecord> Follow(IEnumerable<JsonRecord> records)
    {
        foreach (var record in records)
        {
            _shares.Enqueue(record.FractionRead);
            yield return record;
        }
    }

    /// <summary>Shows the progress of the encoder.</summary>
    public void Report(VectorFileProgress progress)
    {
        for (; _reported < progress.Total && _shares.TryDequeue(out var share); _reported++)
        {
            _share = share;
        }

        if (!_watch.IsRunning)
        {
            _watch.Start(); // exclude the work of an earlier run
            _shareBefore = _share;
        }
        else
        {
            var speed = progress.Encoded / _watch.Elapsed.TotalSeconds;
            _task.Description = $"Encoding, {speed:F1} documents/s{FormatTimeLeft()}";
        }

        _task.Value = _share;
    }

    private string FormatTimeLeft()
    {
        if (_share <= _shareBefore)
        {
            return ""; // a pipe has no length
        }

        var left = _watch.Elapsed * ((1 - _share) / (_share - _shareBefore));
        return $", {(int)left.TotalHours}:{left:mm\\:ss} left";
    }
}
