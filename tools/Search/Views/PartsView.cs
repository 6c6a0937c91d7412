using LuceneLsr.Tools.Common.Output;
using LuceneLsr.VectorFiles.Parts;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Views;

/// <summary>Prints the shards of an input and what is wrong with them.</summary>
internal static class PartsView
{
    public static void Write(VectorFileParts files)
    {
        var table = new Table().RoundedBorder().AddColumn("Shard").AddColumn("Part")
            .AddColumn("Texts", column => column.RightAligned()).AddColumn("MB", column => column.RightAligned());
        foreach (var part in files.Parts)
        {
            table.AddRow(
                Markup.Escape(part.Shard ?? "?"), Markup.Escape(part.Path), $"{part.Texts:N0}",
                $"{part.Bytes / 1e6:F1}");
        }

        WideTable.Write(table);
        foreach (var problem in files.Problems)
        {
            Console.Out.WriteLine(problem); // not wrapped, so that paths can be copied
        }

        AnsiConsole.MarkupLineInterpolated(files.Problems.Count == 0
            ? (FormattableString)$"{files.Parts.Count:N0} parts with {files.Texts:N0} texts: complete, no id twice."
            : $"{files.Problems.Count:N0} problems");
    }
}
