using System.Text.Json.Nodes;

namespace LuceneLsr.Training.Runs;

/// <summary>The progress of a run, stored with its snapshot.</summary>
/// <param name="Steps">The number of steps taken.</param>
/// <param name="Position">The task's position in the data.</param>
internal sealed record RunProgress(int Steps, JsonNode Position);
