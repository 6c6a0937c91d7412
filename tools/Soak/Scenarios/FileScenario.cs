using System.Diagnostics;
using LuceneLsr.Tools.Soak.Processes;

namespace LuceneLsr.Tools.Soak.Scenarios;

/// <summary>
/// A program makes a file. However often it is disturbed and goes on, the file is missing until it is complete, and then
/// equals that of an undisturbed run.
/// </summary>
/// <param name="name">The name in the table.</param>
/// <param name="folder">The folder for everything of this scenario.</param>
internal abstract class FileScenario(string name, string folder) : Scenario(name)
{
    private byte[] _expected = [];
    private TimeSpan _lifetime;
    private int _round;

    public override TimeSpan Lifetime => _lifetime;

    /// <summary>Gets the folder for everything of this scenario.</summary>
    protected string Folder => folder;

    private string Output => Path.Combine(folder, $"round-{_round}");

    public override void Prepare(CancellationToken cancellationToken)
    {
        var whole = Path.Combine(folder, "whole");
        _lifetime = Victim.Run(CreateStartInfo(whole), cancellationToken).Lifetime;
        _expected = File.ReadAllBytes(GetResult(whole));
    }

    public override ProcessStartInfo CreateStartInfo() => CreateStartInfo(Output);

    public override Victim Finish(CancellationToken cancellationToken) =>
        Victim.Run(CreateStartInfo(), cancellationToken);

    public override long Check(Victim victim, Random random)
    {
        var result = GetResult(Output);
        if (!File.Exists(result))
        {
            return victim.IsKilled || victim.ExitCode != 0
                ? 0
                : throw new InvalidOperationException($"{result} is missing");
        }

        var output = Output;
        _round++;
        if (!File.ReadAllBytes(result).AsSpan().SequenceEqual(_expected))
        {
            throw new InvalidOperationException($"{result} differs from that of an undisturbed run");
        }

        Delete(output);
        return 1;
    }

    /// <summary>Says how to start the program, or to go on with what it left.</summary>
    protected abstract ProcessStartInfo CreateStartInfo(string output);

    /// <summary>Gets the file that is checked.</summary>
    protected abstract string GetResult(string output);

    /// <summary>Deletes everything of a round.</summary>
    protected abstract void Delete(string output);
}
