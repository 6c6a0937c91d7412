using Spectre.Console;

namespace LuceneLsr.Tools.Common.Output;

/// <summary>Moves a progress bar of documents on, and tells how many of them a second.</summary>
public sealed class DocumentProgress(ProgressTask task)
{
    private readonly string _description = task.Description;

    /// <summary>Counts documents that are done.</summary>
    public void Add(int documents)
    {
        task.Increment(documents);
        if (task.Speed is { } speed)
        {
            task.Description = $"{_description}, {speed:F0} documents/s";
        }
    }
}
