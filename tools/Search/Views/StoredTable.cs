using LuceneLsr.Inspection;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Views;

/// <summary>Prints the impacts of a document in an index next to those of its text.</summary>
internal static class StoredTable
{
    public static void Write(string id, string? text, IReadOnlyList<StoredTerm> terms, int top)
    {
        AnsiConsole.MarkupLineInterpolated(
            $"Document {id}: {terms.Count(term => term.Impact > 0)} terms in the index");
        if (text is null)
        {
            AnsiConsole.MarkupLine("[yellow]The index does not store its text, so kinds and words are unknown.[/]");
        }

        if (terms.Count == 0)
        {
            return;
        }

        var max = terms.Max(term => Math.Max(term.Impact, term.Encoded?.Impact ?? 0));
        var table = new Table().RoundedBorder().AddColumn("Term").AddColumn(new TableColumn("In the index").NoWrap())
            .AddColumn(new TableColumn("Encoded now").RightAligned()).AddColumns("Kind", "From");
        foreach (var term in terms.Take(top))
        {
            table.AddRow(
                Markup.Escape(term.Term),
                $"{TermTable.FormatBar(term.Impact, Math.Max(max, 1))} {term.Impact}",
                text is null ? "" : FormatEncoded(term.Encoded),
                TermTable.FormatKind(term.Encoded?.Source.Kind),
                Markup.Escape(TermTable.FormatWord(text, term.Encoded?.Source.Word)));
        }

        AnsiConsole.Write(table);
        if (terms.Count > top)
        {
            AnsiConsole.MarkupLineInterpolated($"[grey]{terms.Count - top} more terms[/]");
        }

        if (text is not null)
        {
            WriteDifferences(terms);
        }
    }

    private static string FormatEncoded(InspectedTerm? term) => term switch
    {
        null => "none",
        { Cut: TermCut.Pruning } => "pruned",
        _ => $"{term.Impact}",
    };

    private static void WriteDifferences(IReadOnlyList<StoredTerm> terms)
    {
        var weight = terms.Sum(term => (double)(term.Encoded?.Source.Weight ?? 0));
        Write("quantization (impact 0)", term => term.Impact == 0 && term.Encoded!.Cut == TermCut.Quantization);
        Write("pruning, or other settings when it was indexed",
            term => term.Impact == 0 && term.Encoded!.Cut != TermCut.Quantization);
        var changed = terms.Count(term => term.Impact > 0 && term.Impact != (term.Encoded?.Impact ?? 0));
        AnsiConsole.MarkupLineInterpolated($"Indexed with another impact than its text has now: {changed} terms");

        void Write(string by, Func<StoredTerm, bool> isCut)
        {
            var cut = terms.Where(isCut).ToList();
            if (cut.Count > 0)
            {
                var share = cut.Sum(term => (double)term.Encoded!.Source.Weight) / weight;
                AnsiConsole.MarkupLineInterpolated(
                    $"Not in the index by {by}: {cut.Count} terms with {share:P1} of the weight");
            }
        }
    }
}
