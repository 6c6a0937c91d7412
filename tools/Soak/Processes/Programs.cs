using System.Diagnostics;
using System.Reflection;

namespace LuceneLsr.Tools.Soak.Processes;

/// <summary>How to start this program and its neighbors in processes of their own.</summary>
internal static class Programs
{
    /// <summary>This program.</summary>
    public static ProcessStartInfo Soak(params IEnumerable<string> arguments) =>
        Create(typeof(Programs).Assembly.Location, arguments);

    /// <summary>The program lsr-search.</summary>
    public static ProcessStartInfo Search(params IEnumerable<string> arguments) =>
        Create(FindProgram("lsr-search"), arguments);

    /// <summary>The program lsr-train.</summary>
    public static ProcessStartInfo Train(params IEnumerable<string> arguments) =>
        Create(FindProgram("lsr-train"), arguments);

    /// <summary>Gets the folder of the collections that lsr-search has built in.</summary>
    public static string Collections => Path.Combine(Path.GetDirectoryName(FindProgram("lsr-search"))!, "Collections");

    /// <summary>Gets the checkpoint that lsr-search has built in.</summary>
    public static string BuiltInCheckpoint =>
        Path.Combine(Path.GetDirectoryName(FindProgram("lsr-search"))!, "Checkpoints", "english");

    /// <summary>Writes the first documents of a built-in collection to a file.</summary>
    public static void WriteDocuments(string path, int count) => File.WriteAllLines(
        path, File.ReadLines(Path.Combine(Collections, "debian-packages", "corpus.jsonl")).Take(count));

    private static string FindProgram(string name) => typeof(Programs).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == name).Value!;

    private static ProcessStartInfo Create(string program, IEnumerable<string> arguments) =>
        new("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["OMP_NUM_THREADS"] = "1" }, // enough for small models
        };
}
