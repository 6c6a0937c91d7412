using System.Globalization;
using System.Reflection;

namespace LuceneLsr.Tools.Trainer.Commands;

/// <summary>Writes step records as CSV, a column a property, flushed each step so that a killed run keeps it.</summary>
internal sealed class StepLog<T> : IDisposable
{
    private static readonly PropertyInfo[] Columns = typeof(T).GetProperties();

    private readonly StreamWriter _writer;

    public StepLog(string path)
    {
        _writer = new StreamWriter(path);
        _writer.WriteLine(string.Join(',', Columns.Select(column => column.Name)));
    }

    public void Write(T step)
    {
        _writer.WriteLine(string.Join(',', Columns.Select(column => Format(column.GetValue(step)))));
        _writer.Flush();
    }

    public void Dispose() => _writer.Dispose();

    private static string Format(object? value) => value is double number
        ? number.ToString("G5", CultureInfo.InvariantCulture)
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
