using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Torch;

namespace LuceneLsr.Tools.Claims.Runs;

/// <summary>The options that all commands share.</summary>
internal sealed class ClaimOptions
{
    private readonly Option<string> _from;
    private readonly Option<string> _data = DirectoryOption.Create(
        "--data", "Folder of the collections and texts that recipes name.");

    private readonly Option<string> _output = DirectoryOption.Create("--out", "Folder to write the table and plot to.");
    private readonly Option<string?> _recipe = new("--recipe")
    {
        Description = "Contrastive recipe to use instead of the claim's own.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _overrides = new("--set")
    {
        Description = "Contrastive recipe settings to override, such as steps=50.",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "FIELD=VALUE",
    };

    private readonly Option<string?> _adaptation = new("--adaptation")
    {
        Description = "Recipe of the adaptation phase to use instead of the claim's own.",
        HelpName = "FILE",
    };

    private readonly Option<string> _device = DeviceOption.Create();
    private readonly ThreadsOption _threads;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="from">The description of the checkpoint that it starts from.</param>
    /// <param name="hasAdaptation">Whether it can run an adaptation phase.</param>
    public ClaimOptions(Command command, string from, bool hasAdaptation)
    {
        _from = DirectoryOption.Create("--from", from);
        command.Add(_from);
        command.Add(_data);
        command.Add(_output);
        command.Add(_recipe);
        command.Add(_overrides);
        if (hasAdaptation)
        {
            command.Add(_adaptation);
        }

        command.Add(_device);
        _threads = new ThreadsOption(command);
    }

    /// <summary>Sets the number of threads, creates the output folder and returns the claim.</summary>
    public Claim Read(ParseResult parsed)
    {
        _threads.Apply(parsed);
        return new(
            parsed.GetValue(_from)!, parsed.GetValue(_data)!,
            Directory.CreateDirectory(parsed.GetValue(_output)!).FullName, parsed.GetValue(_recipe),
            parsed.GetValue(_overrides) ?? [], parsed.GetValue(_adaptation), Devices.Parse(parsed.GetValue(_device)!));
    }
}
