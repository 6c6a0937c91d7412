using LuceneLsr.Training.Runs;

namespace LuceneLsr.Tools.Trainer.Logs;

internal sealed class RunLog : IDisposable
{
    private readonly StreamWriter _w;
    private bool _h;
    public RunLog(string directory, string phase, int stepsTaken) => _w = new StreamWriter(Path.Combine(directory, phase + "-log.csv"), append: stepsTaken > 0);
    public void Write(TrainingStep step)
    {
        if (!_h) { _w.WriteLine("step,source," + string.Join(',', step.Figures.Select(f => f.Name))); _h = true; }
        _w.WriteLine($"{step.Step},{step.Source}," + string.Join(',', step.Figures.Select(f => f.Value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture)))); _w.Flush();
    }
    public void Dispose() => _w.Dispose();
}
internal static class RunCurves { public static void Save(string directory, string phase) { _ = directory + phase; } }
