using System.CommandLine;
using LuceneLsr.Evaluation.Sweeps;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Torch.Weights;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Options for the grid of a sweep: an option per dial, or a file.</summary>
internal sealed class DialOptions
{
    private readonly (Dial Dial, Option<string?> Option)[] _dials =
        [.. Dial.All.Select(dial => (dial, new Option<string?>($"--{dial.Name}")
        {
            Description = $"{dial.Description} Values to try, separated by commas.",
            HelpName = "VALUES",
        }))];

    private readonly Option<string?> _grid = new("--grid")
    {
        Description = "JSON file with an array of grids such as {\"query-terms\": [8, 16], \"document-terms\": [64, "
            + "\"none\"]} (default a built-in grid of single dials and pairs).",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to a command.</summary>
    public DialOptions(Command command)
    {
        command.Add(_grid);
        foreach (var (_, option) in _dials)
        {
            command.Add(option);
        }

        command.Exclude(_grid, _dials.Select(dial => dial.Option));
    }

    /// <summary>Gets the points: all combinations of the given values, those of the file, or the built-in grid.</summary>
    /// <exception cref="ArgumentException">A value is not valid, or dials cannot be combined.</exception>
    /// <exception cref="InvalidDataException">The file is not valid.</exception>
    public IReadOnlyList<SweepPoint> Read(ParseResult parsed)
    {
        var product = _dials.Where(dial => parsed.GetValue(dial.Option) is not null).ToDictionary(
            dial => dial.Dial.Name,
            dial => (IReadOnlyList<string>)parsed.GetValue(dial.Option)!.Split(','));
        var points = parsed.GetValue(_grid) is { } file ? SweepGrid.Read(file)
            : product.Count > 0 ? SweepGrid.Create([product])
            : SweepGrid.Default;
        foreach (var point in points)
        {
            _ = ParsePrecision(point.ModelPrecision);
        }

        return points;
    }

    /// <summary>Parses a value of the dial for the precision of the model; null stays null.</summary>
    /// <exception cref="ArgumentException">It is not the name of a precision.</exception>
    public static Precision? ParsePrecision(string? name) => name is null ? null
        : Enum.GetNames<Precision>().Contains(name, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<Precision>(name, ignoreCase: true)
            : throw new ArgumentException(
                $"model-precision must be one of {string.Join(", ", Enum.GetNames<Precision>())} or none, not '{name}'.");
}
