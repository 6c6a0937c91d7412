using LuceneLsr.Files;
using LuceneLsr.Inspection;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Views;

/// <summary>Prints terms with their weights, kinds and source words.</summary>
internal static class TermTable
{
    private const int BarLength = 10;

    private const int MaxWordLength = 24;

    private const int CutTermsShown = 8;

    /// <summary>Prints the heaviest terms of a text, and what is cut.</summary>
    public static void Write(string title, string text, IReadOnlyList<InspectedTerm> terms, int top)
    {
        AnsiConsole.MarkupLineInterpolated($"{title}: {terms.Count} terms and their weights");
        if (terms.Count == 0)
        {
            return;
        }

        var hasLexical = terms.Any(term => term.Source.LexicalWeight > 0);
        var table = new Table().RoundedBorder().AddColumn("Term")
            .AddColumn(new TableColumn("Weight").NoWrap()).AddColumn(new TableColumn("Impact").RightAligned());
        table.AddColumns(hasLexical ? ["Lexical", "Kind", "From"] : ["Kind", "From"]);
        foreach (var term in terms.Take(top))
        {
            string[] cells =
            [
                term.Source.Term,
                $"{FormatBar(term.Source.Weight, terms[0].Source.Weight)} {term.Source.Weight:F2}",
                FormatImpact(term),
                .. hasLexical ? [$"{term.Source.LexicalWeight:F2}"] : Array.Empty<string>(),
                FormatKind(term.Source.Kind),
                FormatWord(text, term.Source.Word),
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        AnsiConsole.Write(table);
        if (terms.Count > top)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"[grey]{terms.Count - top} more terms below {terms[top - 1].Source.Weight:F2}[/]");
        }

        WriteCut(terms, TermCut.Pruning, "pruning");
        WriteCut(terms, TermCut.Quantization, "quantization (impact 0)");
    }

    /// <summary>Names a kind.</summary>
    public static string FormatKind(TermKind? kind) => kind switch
    {
        TermKind.Own => "own",
        TermKind.Expansion => "expansion",
        TermKind.WholeWord => "whole word",
        _ => "",
    };

    /// <summary>Gets the source word of a term, shortened.</summary>
    public static string FormatWord(string? text, TextRange? word)
    {
        var found = text is not null && word is { } range ? range.GetText(text).ReplaceLineEndings(" ") : "";
        return TextExcerpt.Shorten(found, MaxWordLength);
    }

    /// <summary>Draws a bar.</summary>
    public static string FormatBar(double value, double max) =>
        new string('█', (int)Math.Ceiling(BarLength * value / max)).PadRight(BarLength);

    private static string FormatImpact(InspectedTerm term) => term.Cut switch
    {
        TermCut.Pruning => "pruned",
        _ => $"{term.Impact}",
    };

    private static void WriteCut(IReadOnlyList<InspectedTerm> terms, TermCut cut, string by)
    {
        var lost = terms.Where(term => term.Cut == cut).ToList();
        if (lost.Count > 0)
        {
            var share = lost.Sum(term => (double)term.Source.Weight) / terms.Sum(term => (double)term.Source.Weight);
            var names = lost.Take(CutTermsShown).Select(term => $"{term.Source.Term} {term.Source.Weight:F2}");
            var more = lost.Count > CutTermsShown ? ", …" : "";
            AnsiConsole.MarkupLineInterpolated(
                $"Cut by {by}: {lost.Count} terms with {share:P1} of the weight ({string.Join(", ", names)}{more})");
        }
    }
}
