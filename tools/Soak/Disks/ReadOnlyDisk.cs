using System.Diagnostics;
using LuceneLsr.Tools.Soak.Processes;

namespace LuceneLsr.Tools.Soak.Disks;

/// <summary>Commands that write, with their output on a disk that cannot be written.</summary>
/// <param name="folder">A folder on the disk.</param>
/// <param name="limit">The time after which a command hangs.</param>
internal sealed class ReadOnlyDisk(string folder, TimeSpan limit)
{
    private static readonly string Collection = Path.Combine(Programs.Collections, "debian-packages");

    /// <summary>Returns whether nothing can be written to a folder.</summary>
    public static bool Is(string folder)
    {
        try
        {
            File.Create(Path.Combine(folder, Path.GetRandomFileName()), 1, FileOptions.DeleteOnClose).Dispose();
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Runs all commands.</summary>
    /// <param name="work">A folder that can be written.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The errors of all commands.</returns>
    /// <exception cref="InvalidOperationException">
    /// A command does not fail, or its error is not one line that names the folder.
    /// </exception>
    public IEnumerable<string> Run(string work, CancellationToken cancellationToken)
    {
        var model = Path.Combine(work, "model");
        TinyCheckpoint.Write(model, cancellationToken);
        return CreateCommands(model).Select(start => Fail(start, cancellationToken));
    }

    private IEnumerable<ProcessStartInfo> CreateCommands(string model)
    {
        var output = Path.Combine(folder, "output");
        yield return Programs.Search("encode", "--input", Path.Combine(Collection, "corpus.jsonl"), "--output", output);
        yield return Programs.Search("index", "--index", output);
        yield return Programs.Search("eval", "--runs", output, "--query-encoder", "idf");
        yield return Programs.Search("quantize", "--checkpoint", model, "--precision", "int8", "--output", output);
        yield return Programs.Train("export", "--from", model, "--out", output);
        yield return Programs.Train("export", "--from", model, "--out", output, "--format", "onnx");
        yield return TinyCheckpoint.CreateStartInfo($"{model}.json", output);
        yield return Programs.Train(
            "adapt", "--from", model, "--data", Programs.Collections, "--recipe", $"{model}.json", "--out", output);
    }

    private string Fail(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        var victim = Victim.Kill(start, limit, cancellationToken);
        ErrorLine.Require(victim);
        return victim.Error.Contains(folder, StringComparison.Ordinal)
            ? victim.Error.Trim()
            : throw new InvalidOperationException($"the error does not name {folder}: {victim.Error.Trim()}");
    }
}
