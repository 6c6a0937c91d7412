using System.CommandLine;
using LuceneLsr.Files;

namespace LuceneLsr.Tools.Common.Options;

/// <summary>The options of a command that encodes a JSONL file of texts into a file of vectors.</summary>
public sealed class CorpusOptions
{
    private readonly Option<string> _input = CreateFile(
        "--input", "JSONL file (.jsonl or .jsonl.gz) of {\"_id\", \"text\"} and optionally \"title\".");

    private readonly Option<string> _output = CreateFile(
        "--output",
        "File to write, gzipped if its name ends in .gz. It appears when complete; repeat the command to resume an "
        + "interrupted run.");

    private readonly Option<TextSide> _side = SideOption.Create(TextSide.Document);
    private readonly Option<Shard> _shard = ShardOption.Create("the input");

    /// <summary>Adds the options to a command.</summary>
    public CorpusOptions(Command command)
    {
        command.Add(_input);
        command.Add(_output);
        command.Add(_side);
        command.Add(_shard);
    }

    /// <summary>Gets the two files.</summary>
    /// <exception cref="ArgumentException">They are the same file.</exception>
    public (string Input, string Output) GetFiles(ParseResult parsed)
    {
        string input = parsed.GetValue(_input)!, output = parsed.GetValue(_output)!;
        return JsonLines.IsSameFile(input, output)
            ? throw new ArgumentException(
                $"--output and --input are the same file, {input}. Name another output file.")
            : (input, output);
    }

    /// <summary>Gets the side of the texts.</summary>
    public TextSide GetSide(ParseResult parsed) => parsed.GetValue(_side);

    /// <summary>Gets the part of the input to encode.</summary>
    public Shard GetShard(ParseResult parsed) => parsed.GetValue(_shard)!;

    private static Option<string> CreateFile(string name, string description) =>
        new(name) { Description = description, Required = true, HelpName = "FILE" };
}
