using Spectre.Console;

namespace LuceneLsr.Tools.Common.Output;

/// <summary>Advances a progress bar of documents and shows the documents per second.</summary>
public sealed class DocumentProgress(ProgressTask task)
{
    private readonly string _description = task.Description;

    /// <summary>Adds finished documents.</summary>
    public void Add(int documents)
    {
        task.Increment(documents);
        if (task.Speed is { } speed)
        {
            task.Description = $"{_description}, {speed:F0} documents/s";
        }
    }
}
