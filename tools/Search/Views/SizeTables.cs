using Spectre.Console;

namespace LuceneLsr.Tools.Search.Views;

/// <summary>Prints the size of an index as tables.</summary>
internal static class SizeTables
{
    public static void Write(SizeReport report, string field)
    {
        AnsiConsole.MarkupLineInterpolated($"{report.Documents:N0} documents, {FormatBytes(report.Bytes)}");
        var postings = report.Fields.Sum(entry => entry.Bytes);
        Write("Files, measured", ["Part", "Size", "Share"], report.Parts.Select(
            part => (string[])[part.Part, FormatBytes(part.Bytes), Share(part.Bytes, report.Bytes)]));
        Write("Fields, postings files apportioned by computed sizes", ["Field", "Terms", "Postings", "Size", "Share"],
            report.Fields.Select(entry => (string[])
            [
                entry.Field, $"{entry.Terms:N0}", $"{entry.Postings:N0}", FormatBytes(entry.Bytes),
                Share(entry.Bytes, postings),
            ]));
        var all = report.Classes.Sum(entry => entry.Postings);
        Write($"Postings of {field} by kind of term, apportioned", ["Kind", "Postings", "Share", "Size"],
            report.Classes.Select(entry => (string[])
            [
                entry.Kind is null ? "unknown" : TermTable.FormatKind(entry.Kind), $"{entry.Postings:N0}",
                Share(entry.Postings, all), FormatBytes(entry.Bytes),
            ]));
        Write($"Heaviest terms of {field}, apportioned",
            ["Term", "Postings", "In documents", "Size", "Share", "Max impact"],
            report.HeaviestTerms.Select(term => (string[])
            [
                term.Term, $"{term.Postings:N0}", Share(term.Postings, report.Documents), FormatBytes(term.Bytes),
                Share(term.Bytes, postings), $"{term.MaxImpact}",
            ]));
        var most = report.Impacts.Select(bucket => bucket.Postings).DefaultIfEmpty().Max();
        Write($"Impacts of {field}", ["Impact", "Postings", ""], report.Impacts.Select(bucket => (string[])
        [
            bucket.From == bucket.To ? $"{bucket.From}" : $"{bucket.From}-{bucket.To}", $"{bucket.Postings:N0}",
            TermTable.FormatBar(bucket.Postings, most),
        ]));
        if (report.Query is { } query)
        {
            WriteQuery(query, all);
        }
    }

    private static void WriteQuery(IReadOnlyList<JsonTouched> query, long all)
    {
        var touched = query.Sum(term => term.Postings);
        Write($"The query reads {touched:N0} postings, {Share(touched, all)} of the field",
            ["Term", "Impact", "Postings", "Share"], query.Select(term => (string[])
                [term.Term, $"{term.Impact}", $"{term.Postings:N0}", Share(term.Postings, touched)]));
    }

    private static void Write(string title, string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table().RoundedBorder().Title(Markup.Escape(title));
        foreach (var (index, column) in columns.Index())
        {
            table.AddColumn(index == 0 || column.Length == 0
                ? new TableColumn(column)
                : new TableColumn(column).RightAligned());
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        AnsiConsole.Write(table);
    }

    private static string Share(double part, double whole) => whole > 0 ? $"{part / whole:P1}" : "";

    private static string FormatBytes(double bytes) => bytes switch
    {
        >= 1 << 20 => $"{bytes / (1 << 20):F1} MB",
        >= 1 << 10 => $"{bytes / (1 << 10):F1} KB",
        _ => $"{bytes:F0} B",
    };
}
